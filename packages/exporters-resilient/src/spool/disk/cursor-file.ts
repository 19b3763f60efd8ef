import { join } from 'node:path';
import type { Fsync } from '../disk-spool-options.ts';
import { type Cursor, START } from './cursor.ts';
import { CURSOR_BYTES, formatCursor, parseCursor } from './cursor-text.ts';
import {
  attempt,
  closeSynced,
  createFile,
  errorCode,
  type Files,
  isThere,
  readStart,
} from './files.ts';

export const CURSOR_FILE = 'cursor';

/** Makes the cursor of a new log, with the room it will ever need. Throws what writing throws. */
export function createCursor(files: Files, folder: string, fsync: Fsync): void {
  const fd = createFile(files, join(folder, CURSOR_FILE), 'w');
  const text = formatCursor(START).text.padEnd(CURSOR_BYTES);
  write(files, fd, text, text.length, fsync);
}

export interface CursorFileOptions {
  readonly files: Files;
  readonly folder: string;
  readonly fsync: Fsync;
  readonly failed: (what: string, error: unknown) => void;
}

/** The cursor of a log on disk. It is written over in place: that needs no room on a disk that is full. */
export class CursorFile {
  readonly #options: CursorFileOptions;
  #written: Cursor;
  #text: string | undefined;
  #safe: Cursor;
  #isSyncing = false;

  constructor(options: CursorFileOptions, cursor: Cursor) {
    this.#options = options;
    this.#written = cursor;
    this.#text = formatCursor(cursor).text;
    this.#safe = cursor;
  }

  /** As it was written last, or found, with as much of what is settled out of turn as there was room for. */
  get written(): Cursor {
    return this.#written;
  }

  /** As it is on the disk itself, as far as `fsync` promises: what is in front of it may be deleted. */
  get safe(): Cursor {
    return this.#safe;
  }

  /** Writes one that is not what was written last. Throws what writing throws. */
  write(cursor: Cursor): void {
    const { files, folder, failed } = this.#options;
    const { text, placeBytes, left } = formatCursor(cursor);
    if (text === this.#text) return;
    const path = join(folder, CURSOR_FILE);
    clearPlace(files, path);
    let fd: number;
    try {
      fd = files.openSync(path, 'r+');
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      fd = createFile(files, path, 'w');
    }
    const written = write(files, fd, text, placeBytes, 'never');
    const isWhole = written === text.length;
    const noted = isWhole ? cursor.settled.length - left : 0;
    this.#written = { ...cursor, settled: cursor.settled.slice(0, noted) };
    // What the disk did not take is tried again.
    this.#text = isWhole ? text : undefined;
    if (noted < cursor.settled.length)
      failed(
        'noting what was delivered out of turn',
        new Error(
          isWhole
            ? `there is room for ${noted} gaps in it; what was delivered behind them is sent again, should the process end now`
            : 'the disk is full; it is sent again, should the process end now',
        ),
      );
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
    this.#text = undefined;
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
    return parseCursor(readStart(files, join(folder, CURSOR_FILE), CURSOR_BYTES));
  } catch {
    return undefined;
  }
}

/** Writes over what is there, at least so many bytes, and closes the file. Throws what writing and syncing throw. */
function write(files: Files, fd: number, text: string, least: number, fsync: Fsync): number {
  let written: number;
  try {
    written = files.writeSync(fd, text, 0);
    if (written < least) throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
  } catch (error) {
    attempt(() => files.closeSync(fd));
    throw error;
  }
  closeSynced(files, fd, fsync);
  return written;
}
