import { join } from 'node:path';
import { attempt, type Files } from './files.ts';

/** The folder that the spool of this user makes in the directory it was given. */
export function spoolFolder(directory: string): string {
  return join(directory, `llm-otel-spool-${process.getuid?.() ?? 'user'}`);
}

/**
 * Makes the folder, for this user alone. Directories that everybody may write to are common (`/tmp`, volumes of
 * Kubernetes): somebody else's folder, or a link, under that name is not used.
 * Throws what making it throws, and an Error that says what is wrong with it.
 */
export function prepareSpoolFolder(files: Files, folder: string): void {
  files.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = files.lstatSync(folder);
  if (!found.isDirectory()) throw new Error(`${folder} is no directory`);
  const uid = process.getuid?.();
  if (uid !== undefined && found.uid !== uid)
    throw new Error(`${folder} belongs to user ${found.uid} and not to ${uid}`);
  if (
    uid !== undefined &&
    (found.mode & 0o077) !== 0 &&
    !attempt(() => files.chmodSync(folder, 0o700))
  )
    throw new Error(`${folder} can be read by others`);
}
