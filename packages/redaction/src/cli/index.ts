import type { CliCommand } from '@llm-otel/core';
import { scanCommand } from './scan-command.ts';

/** What `llm-otel` finds here. */
export const commands: readonly CliCommand[] = [scanCommand];
