import { type CliIo, systemClock } from '@llm-otel/core';
import { errorCode, realFiles } from '../spool/disk/files.ts';
import { findLogs, type FoundLog, spoolFolders } from './spool-files.ts';
import type { SpoolRequest } from './spool-request.ts';

/**
 * The logs that were asked for, of what waits and of dead letters. Undefined, with a word why, where there is no spool. One that cannot be
 * read is told of and left out: it may well have something in it.
 */
export function selectedLogs(request: SpoolRequest, io: CliIo): FoundLog[] | undefined {
  const folders = spoolFolders(realFiles, request.directory);
  if (folders.length === 0) {
    io.stderr.write(`llm-otel spool: there is no spool in ${request.directory}\n`);
    return undefined;
  }
  const readable = folders.filter((folder) => isReadable(folder, io));
  if (readable.length === 0) return undefined;
  return readable
    .flatMap((folder) => findLogs(realFiles, folder, systemClock))
    .filter(
      ({ name }) =>
        (!request.deadLetters || name.refusedBecause !== undefined) &&
        (request.destination === undefined || name.destination === request.destination) &&
        (request.sensitivity === undefined || name.sensitivity === request.sensitivity),
    )
    .filter(({ folder }) => isReadable(folder, io));
}

function isReadable(folder: string, io: CliIo): boolean {
  try {
    realFiles.readdirSync(folder);
    return true;
  } catch (error) {
    const code = errorCode(error);
    // Its process has deleted it since we found it.
    if (code !== 'ENOENT') io.stderr.write(`llm-otel spool: ${folder} cannot be read (${code})\n`);
    return false;
  }
}
