import { dirname } from 'node:path';
import { errorCode } from './files.ts';

/** What a code of the operating system means for a spool, and what helps. */
const MEANINGS: Readonly<Record<string, readonly [why: string, fix: string]>> = {
  EACCES: ['this user may not write there', 'give the directory to it, or name another'],
  EPERM: ['this user may not write there', 'give the directory to it, or name another'],
  EROFS: [
    'the file system is read-only',
    'mount a volume that can be written to (in Kubernetes an emptyDir or a volume claim)',
  ],
  ENOTDIR: ['a part of the path is a file', 'remove that file, or name another directory'],
  EEXIST: ['a part of the path is a file', 'remove that file, or name another directory'],
  ENOENT: [
    'a part of the path is not there and cannot be made',
    'name a directory on a disk, such as /var/lib/my-app/telemetry',
  ],
  ELOOP: ['its links lead in a circle', 'name a directory'],
  ENAMETOOLONG: ['the path is too long', 'name a shorter one'],
  ENOSPC: ['the disk is full', 'make room, or set spool.maxBytes to what there is'],
  EDQUOT: ['the quota of this user is used up', 'raise it, or set spool.maxBytes to less'],
  EMFILE: ['the process has too many files open', 'raise the limit (ulimit -n)'],
  ENFILE: ['the machine has too many files open', 'raise the limit (fs.file-max)'],
  EIO: ['the disk does not work', 'look at the log of the kernel, or name a directory elsewhere'],
};

/** Why a spool cannot use its directory: names the option, the path, and what helps. */
export class SpoolProblem extends Error {
  override readonly name = 'SpoolProblem';
  /** Of the operating system: `EROFS`. */
  readonly code: string;

  /** @param folder the folder of the spool, in the directory that was named */
  constructor(folder: string, why: string, fix: string, code: string = 'unusable') {
    super(
      `spool.directory ${JSON.stringify(dirname(folder))} cannot be used, ${why} (${code}, ${folder}): ${fix}; until then what would go there is dropped and counted`,
    );
    this.code = code;
  }

  static of(folder: string, error: unknown): SpoolProblem {
    if (error instanceof SpoolProblem) return error;
    const code = errorCode(error);
    const [why, fix] = MEANINGS[code] ?? [
      error instanceof Error ? error.message : String(error),
      'name a directory on a local disk',
    ];
    return new SpoolProblem(folder, why, fix, code);
  }

  /** As the ledger counts what could not be stored. */
  get reason(): 'spool_disk_full' | 'spool_unwritable' {
    return this.code === 'ENOSPC' || this.code === 'EDQUOT'
      ? 'spool_disk_full'
      : 'spool_unwritable';
  }
}
