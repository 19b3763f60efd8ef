import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { type Recording, systemClock } from '@llm-otel/core';
import { findLogs, type FoundLog, spoolFolders } from '../cli/spool-files.ts';
import { realFiles } from '../spool/disk/files.ts';
import { parseLogName } from '../spool/disk/log-name.ts';
import { RecordedLog } from './recorded-log.ts';
import { RecordedStream } from './recorded-stream.ts';

export interface OpenRecordingsOptions {
  /** Relative names start here. */
  readonly cwd: string;
  /** What `-` stands for. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
}

/**
 * Recorded telemetry by name: a file of OTLP/JSON or OTLP protobuf, packed with gzip or zstd or not; `-` for the standard
 * input; the folder of a spool, or of one log in it.
 * @throws Error that says why there is nothing to read
 */
export async function openRecordings(
  name: string,
  { cwd, stdin }: OpenRecordingsOptions,
): Promise<readonly Recording[]> {
  if (name === '-') return [new RecordedStream('standard input', undefined, stdin)];
  const path = resolve(cwd, name);
  const found = await stat(path);
  if (!found.isDirectory()) {
    return [
      new RecordedStream(name, found.isFile() ? found.size : undefined, () =>
        createReadStream(path),
      ),
    ];
  }
  const logs = logsIn(path);
  if (logs.length === 0) {
    throw new Error(`${name} is a folder without a spool: name a file, or the folder of a spool`);
  }
  return logs.map((log) => new RecordedLog(log));
}

function logsIn(path: string): readonly FoundLog[] {
  if (parseLogName(basename(path)) !== undefined) {
    return findLogs(realFiles, dirname(path), systemClock).filter(({ folder }) => folder === path);
  }
  return spoolFolders(realFiles, path).flatMap((folder) =>
    findLogs(realFiles, folder, systemClock),
  );
}
