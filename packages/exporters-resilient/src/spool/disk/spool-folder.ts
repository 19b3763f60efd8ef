import { dirname, join } from 'node:path';
import type { Fsync } from '../disk-spool-options.ts';
import { errorCode, type Files, makePrivate, syncFolder } from './files.ts';
import { SpoolProblem } from './spool-problem.ts';

/** The folder that the spool of this user makes in the directory it was given. */
export function spoolFolder(directory: string): string {
  return join(directory, `llm-otel-spool-${process.getuid?.() ?? 'user'}`);
}

/**
 * Makes the folder, for this user alone. Directories that everybody may write to are common (`/tmp`, volumes of
 * Kubernetes): somebody else's folder, or a link, under that name is not used.
 * @throws SpoolProblem that says what is wrong with it and what helps
 */
export function prepareSpoolFolder(files: Files, folder: string, fsync: Fsync): void {
  try {
    makeFolder(files, folder, fsync);
    const found = files.lstatSync(folder);
    const uid = process.getuid?.();
    if (!found.isDirectory()) throw new SpoolProblem(folder, 'it is no directory', 'remove it');
    if (uid !== undefined && found.uid !== uid)
      throw new SpoolProblem(
        folder,
        `it belongs to user ${found.uid}, and this process is user ${uid}`,
        'remove it, or name a directory that only this user can write to',
      );
    makePrivate(files, folder, found.mode, 0o700);
  } catch (error) {
    throw SpoolProblem.of(folder, error);
  }
}

/**
 * `mkdir -p`. That of Node.js never returns where the kernel says ENOENT of a folder whose parent exists, as it does
 * below `/proc`. Throws what making them throws.
 */
function makeFolder(files: Files, folder: string, fsync: Fsync): void {
  const make = (): void => {
    try {
      files.mkdirSync(folder, { mode: 0o700 });
      syncFolder(files, dirname(folder), fsync);
    } catch (error) {
      // Whatever it is, it is looked at.
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  };
  try {
    make();
  } catch (error) {
    const parent = dirname(folder);
    if (errorCode(error) !== 'ENOENT' || parent === folder) throw error;
    makeFolder(files, parent, fsync);
    make();
  }
}
