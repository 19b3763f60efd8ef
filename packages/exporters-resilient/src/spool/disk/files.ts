import * as fs from 'node:fs';
import type { Fsync } from '../disk-spool-options.ts';

/** The file system, as far as the spool needs it. Tests hand in one that is full, slow to write or forgetful. */
export type Files = Pick<
  typeof fs,
  | 'chmodSync'
  | 'closeSync'
  | 'fchmodSync'
  | 'fdatasync'
  | 'fdatasyncSync'
  | 'fstatSync'
  | 'fsync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'futimesSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readSync'
  | 'readdirSync'
  | 'readlinkSync'
  | 'renameSync'
  | 'rmSync'
  | 'rmdirSync'
  | 'statSync'
  | 'unlinkSync'
  | 'writeSync'
  | 'writevSync'
>;

export const realFiles: Files = fs;

/** The code of a failed call: `ENOSPC`. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown';
}

/** Runs `work`; false when it failed. For what may be done already by someone else. */
export function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

/** Creates a file that only this user can read and write, whatever the umask says. Throws what creating it throws. */
export function createFile(files: Files, path: string, flags: 'w' | 'wx'): number {
  const fd = files.openSync(path, flags, FILE_MODE);
  // A umask that takes rights from the user would make it a file that cannot be opened again.
  if ((files.fstatSync(fd).mode & 0o777) !== FILE_MODE)
    attempt(() => files.fchmodSync(fd, FILE_MODE));
  return fd;
}

/** Gives a folder, which has `mode`, the rights it should have. Throws what that throws. */
export function makePrivate(files: Files, folder: string, mode: number, wanted: number): void {
  // Where there are no rights as Unix knows them, there is nothing to set.
  if (process.getuid !== undefined && (mode & 0o777) !== wanted) files.chmodSync(folder, wanted);
}

const FILE_MODE = 0o600;

/**
 * Brings to the disk which files a folder holds, at once or beside the thread, as `fsync` says. Not every system can. `done`
 * is told when there is nothing to wait for any more.
 */
export function syncFolder(files: Files, folder: string, fsync: Fsync, done?: () => void): void {
  if (fsync === 'never') return;
  attempt(() => {
    const fd = files.openSync(folder, 'r');
    if (fsync === 'always') {
      try {
        files.fsyncSync(fd);
      } finally {
        files.closeSync(fd);
      }
    } else
      files.fsync(fd, () => {
        attempt(() => files.closeSync(fd));
        done?.();
      });
  });
}

/** Closes a file that was written, and brings it to the disk, as `fsync` says. Throws what syncing throws. */
export function closeSynced(files: Files, fd: number, fsync: Fsync): void {
  if (fsync === 'interval') {
    files.fdatasync(fd, () => attempt(() => files.closeSync(fd)));
    return;
  }
  try {
    if (fsync === 'always') files.fdatasyncSync(fd);
  } finally {
    files.closeSync(fd);
  }
}

// Windows has no such flag, and no pipes in its folders.
const READ_AT_ONCE = fs.constants.O_RDONLY | ((fs.constants.O_NONBLOCK as number | undefined) ?? 0);

/** Opens a file to be read. Throws what opening it throws, and for anything else than a file: opening a pipe would wait for ever. */
export function openFile(files: Files, path: string): number {
  const fd = files.openSync(path, READ_AT_ONCE);
  if (files.fstatSync(fd).isFile()) return fd;
  attempt(() => files.closeSync(fd));
  throw Object.assign(new Error(`${path} is no file`), { code: 'EINVAL' });
}

/** The first bytes of a small file, as text. Throws as {@link openFile} does, and what reading throws. */
export function readStart(files: Files, path: string, bytes: number): string {
  const fd = openFile(files, path);
  try {
    return readAt(files, fd, 0, bytes).toString('utf8');
  } finally {
    files.closeSync(fd);
  }
}

/** False where it certainly is not. */
export function isThere(files: Files, path: string): boolean {
  try {
    files.statSync(path);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR';
  }
}

/** Reads up to `length` bytes at `position`: fewer only where the file ends. */
export function readAt(files: Files, fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let read = 0;
  while (read < length) {
    const more = files.readSync(fd, bytes, read, length - read, position + read);
    if (more === 0) break;
    read += more;
  }
  return bytes.subarray(0, read);
}

/** Lists a folder; empty when there is none. */
export function namesIn(files: Files, folder: string): string[] {
  try {
    return files.readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}
