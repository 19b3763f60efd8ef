import { type CliIo, systemClock } from '@llm-otel/core';
import { realFiles } from '../spool/disk/files.ts';
import { findLogs, type FoundLog, spoolFolders } from './spool-files.ts';
import type { SpoolRequest } from './spool-request.ts';

/** The logs that were asked for, of what waits and of dead letters. Undefined, with a word why, where there is no spool. */
export function selectedLogs(request: SpoolRequest, io: CliIo): FoundLog[] | undefined {
  const folders = spoolFolders(realFiles, request.directory);
  if (folders.length === 0) {
    io.stderr.write(`llm-otel spool: there is no spool in ${request.directory}\n`);
    return undefined;
  }
  return folders
    .flatMap((folder) => findLogs(realFiles, folder, systemClock))
    .filter(
      ({ name }) =>
        (!request.deadLetters || name.refusedBecause !== undefined) &&
        (request.destination === undefined || name.destination === request.destination) &&
        (request.sensitivity === undefined || name.sensitivity === request.sensitivity),
    );
}
