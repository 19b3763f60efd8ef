import { join } from 'node:path';
import { attempt, type Files, makePrivate, namesIn } from './files.ts';
import type { Fsync } from '../disk-spool-options.ts';
import { createCursor, CURSOR_FILE } from './cursor-file.ts';
import { type LogPolicy, POLICY_FILE, writePolicy } from './log-policy.ts';

/** Makes the folder of a log, or nothing. Throws what making it throws. */
export function makeLogFolder(files: Files, folder: string, policy: LogPolicy, fsync: Fsync): void {
  files.mkdirSync(folder, { mode: 0o700 });
  try {
    makePrivate(files, folder, files.statSync(folder).mode, 0o700);
    writePolicy(files, folder, policy, fsync);
    // On a disk that is full later it could not be made any more.
    createCursor(files, folder, fsync);
  } catch (error) {
    attempt(() => files.rmSync(folder, { recursive: true, force: true }));
    throw error;
  }
}

/**
 * Removes the folder of a log that has nothing left. A segment that could not be read stays, for a better time, as long as
 * it is not older than `oldest`, milliseconds since the Unix epoch.
 */
export function removeLogFolder(files: Files, folder: string, oldest: number): void {
  const isSpare = (name: string): boolean =>
    name === POLICY_FILE || name === CURSOR_FILE || isOld(files, join(folder, name), oldest);
  if (namesIn(files, folder).every(isSpare))
    attempt(() => files.rmSync(folder, { recursive: true, force: true }));
}

function isOld(files: Files, path: string, oldest: number): boolean {
  try {
    return files.statSync(path).mtimeMs < oldest;
  } catch {
    return false;
  }
}
