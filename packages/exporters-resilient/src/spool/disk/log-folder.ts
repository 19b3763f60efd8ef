import { attempt, type Files, makePrivate, namesIn } from './files.ts';
import { CURSOR_FILES } from './cursor-file.ts';
import { type LogPolicy, POLICY_FILE, writePolicy } from './log-policy.ts';

/** Makes the folder of a log. Throws what making it throws. */
export function makeLogFolder(files: Files, folder: string, policy: LogPolicy): void {
  files.mkdirSync(folder, { mode: 0o700 });
  makePrivate(files, folder, files.statSync(folder).mode, 0o700);
  writePolicy(files, folder, policy);
}

/** Removes the folder of a log that has nothing left. A segment that could not be read stays, for a better time. */
export function removeLogFolder(files: Files, folder: string): void {
  const isSpare = (name: string): boolean => name === POLICY_FILE || CURSOR_FILES.includes(name);
  if (namesIn(files, folder).every(isSpare))
    attempt(() => files.rmSync(folder, { recursive: true, force: true }));
}
