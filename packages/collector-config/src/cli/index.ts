import { collectorCommand, type Command } from './collector-command.ts';

/** What `llm-otel` finds here. */
export const commands: readonly Command[] = [collectorCommand];
