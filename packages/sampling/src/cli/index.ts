import type { CliCommand } from '@llm-otel/core';
import { sampleCommand } from './sample-command.ts';

/** What `llm-otel` of `@llm-otel/sdk` finds here. */
export const commands: readonly CliCommand[] = [sampleCommand];
