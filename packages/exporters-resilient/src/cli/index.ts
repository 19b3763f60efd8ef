import type { CliCommand } from '@llm-otel/core';
import { spoolCommand } from './spool-command.ts';

/** What `llm-otel` of `@llm-otel/sdk` gets from this package. */
export const commands: readonly CliCommand[] = [spoolCommand];

export { openRecordings, type OpenRecordingsOptions } from '../recording/open-recordings.ts';
