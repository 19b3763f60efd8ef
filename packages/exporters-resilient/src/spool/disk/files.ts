import * as fs from 'node:fs';

/** The file system, as far as the spool needs it. Tests hand in one that is full, slow to write or forgetful. */
export type Files = Pick<
  typeof fs,
  | 'chmodSync'
  | 'closeSync'
  | 'fdatasync'
  | 'fdatasyncSync'
  | 'fstatSync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'futimesSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readSync'
  | 'readdirSync'
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
