import { join } from 'node:path';
import type { Fsync } from '../disk-spool-options.ts';
import {
  attempt,
  closeSynced,
  createFile,
  errorCode,
  type Files,
  isThere,
  readStart,
} from './files.ts';
import { checksum } from './record-header.ts';

/** A place in a log: everything before it is settled. */
export interface Position {
  /** Number of the segment. */
  readonly segment: number;
  readonly offset: number;
  /** Of the record that starts here. */
  readonly sequence: number;
  readonly item: number;
}

/** What a log knows of itself beside its segments, so that it notices when those at either end are damaged or gone. */
export interface Cursor extends Position {
  /** Everything in front of it was written, and acknowledged. Of the record that comes next. */
  readonly end: Pick<Position, 'sequence' | 'item'>;
}

/** Of a log that has settled nothing and knows of no end. */
export const START: Cursor = {
  segment: 0,
  offset: 0,
  sequence: 0,
  item: 0,
  end: { sequence: 0, item: 0 },
};

export const CURSOR_FILE = 'cursor';
// More than six numbers of 16 digits with their names take, and half a sector: a disk writes it whole or not at all.
const BYTES = 256;

/** Makes the cursor of a new log, with the room it will ever need. Throws what writing throws. */
export function createCursor(files: Files, folder: string, fsync: Fsync): void {
  const fd = createFile(files, join(folder, CURSOR_FILE), 'w');
  write(files, fd, START, fsync);
}

export interface CursorFileOptions {
  readonly files: Files;
  readonly folder: string;
  readonly fsync: Fsync;
  readonly failed: (what: string, error: unknown) => void;
}

/**
 * The cursor of a log: one line of JSON, so that an operator can read it, with a checksum, for a cursor that is wrong would
 * settle what was never sent. It is written over in place: that needs no room on a disk that is full.
 */
export class CursorFile {
  readonly #options: CursorFileOptions;
  #written: Cursor;
  #safe: Cursor;
  #isSyncing = false;

  constructor(options: CursorFileOptions, cursor: Cursor) {
    this.#options = options;
    this.#written = cursor;
    this.#safe = cursor;
  }

  /** As it was written last, or found. */
  get written(): Cursor {
    return this.#written;
  }

  /** As it is on the disk itself, as far as `fsync` promises: what is in front of it may be deleted. */
  get safe(): Cursor {
    return this.#safe;
  }

  /** Throws what writing throws. */
  write(cursor: Cursor): void {
    const { files, folder } = this.#options;
    const path = join(folder, CURSOR_FILE);
    clearPlace(files, path);
    let fd: number;
    try {
      fd = files.openSync(path, 'r+');
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      fd = createFile(files, path, 'w');
    }
    write(files, fd, cursor, 'never');
    this.#written = cursor;
  }

  /** Calls back when what was written is safe: at once, but for `interval`. A disk that cannot sync holds nobody up. */
  makeSafe(then: () => void): void {
    const { fsync } = this.#options;
    if (fsync === 'interval') {
      if (this.#isSyncing) return;
      this.#isSyncing = true;
      this.#sync((written) => {
        this.#isSyncing = false;
        this.#safe = written;
        then();
      });
      return;
    }
    this.makeSafeNow(fsync === 'always');
    then();
  }

  makeSafeNow(sync: boolean): void {
    if (sync) {
      const { files } = this.#options;
      this.#open((fd) => closeSynced(files, fd, 'always'));
    }
    this.#safe = this.#written;
  }

  /** False where it is there still. Without one everything there is will be sent. */
  remove(): boolean {
    const { files, folder } = this.#options;
    const path = join(folder, CURSOR_FILE);
    clearPlace(files, path);
    return attempt(() => files.unlinkSync(path)) || !isThere(files, path);
  }

  #sync(then: (written: Cursor) => void): void {
    const { files, failed } = this.#options;
    const written = this.#written;
    const isOpen = this.#open((fd) =>
      files.fdatasync(fd, (error) => {
        attempt(() => files.closeSync(fd));
        if (error !== null) failed('syncing the cursor of the spool', error);
        then(written);
      }),
    );
    if (!isOpen) then(written);
  }

  #open(work: (fd: number) => void): boolean {
    const { files, folder, failed } = this.#options;
    try {
      work(files.openSync(join(folder, CURSOR_FILE), 'r+'));
      return true;
    } catch (error) {
      failed('syncing the cursor of the spool', error);
      return false;
    }
  }
}

/** A folder, a pipe or a link in the place of the cursor goes: what is delivered would be sent again at each start. */
function clearPlace(files: Files, path: string): void {
  attempt(() => {
    if (!files.lstatSync(path).isFile()) files.rmSync(path, { recursive: true, force: true });
  });
}

/** Undefined where there is none that can be read: then everything there is has to be sent. */
export function readCursor(files: Files, folder: string): Cursor | undefined {
  // Its process may be writing it at this moment.
  return readOnce(files, folder) ?? readOnce(files, folder);
}

function readOnce(files: Files, folder: string): Cursor | undefined {
  try {
    const text = readStart(files, join(folder, CURSOR_FILE), BYTES);
    const { crc, ...cursor } = JSON.parse(text) as Cursor & { readonly crc: number };
    return checksumOf(cursor) === crc ? cursor : undefined;
  } catch {
    return undefined;
  }
}

/** Writes it over what is there, and closes the file. */
function write(files: Files, fd: number, cursor: Cursor, fsync: Fsync): void {
  const { segment, offset, sequence, item, end } = cursor;
  const crc = checksumOf(cursor);
  const json = JSON.stringify({ segment, offset, sequence, item, end, crc });
  try {
    if (files.writeSync(fd, `${json.padEnd(BYTES - 1)}\n`, 0) < BYTES)
      throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
  } catch (error) {
    attempt(() => files.closeSync(fd));
    throw error;
  }
  closeSynced(files, fd, fsync);
}

function checksumOf({ segment, offset, sequence, item, end }: Cursor): number {
  return checksum(Buffer.from([segment, offset, sequence, item, end.sequence, end.item].join(' ')));
}
