import { attempt, createFile, type Files } from './files.ts';

/** Where a record went. */
export interface Written {
  readonly offset: number;
  readonly end: number;
}

/** Appends to one segment file. After a failure that cannot be undone it takes nothing more ({@link isBroken}). */
export class SegmentWriter {
  readonly path: string;
  readonly #files: Files;
  readonly #fd: number;
  #size = 0;
  #broken = false;
  #dirty = false;
  #isSyncing = false;
  #isClosed = false;

  /** Throws what creating the file throws. */
  constructor(files: Files, path: string) {
    this.#files = files;
    this.path = path;
    this.#fd = createFile(files, path, 'wx');
  }

  get size(): number {
    return this.#size;
  }

  get isBroken(): boolean {
    return this.#broken;
  }

  /** Appends the parts as one record, or nothing; `synced`: to the disk itself. Throws what writing and syncing throw. */
  append(parts: readonly Uint8Array[], synced: boolean): Written {
    const offset = this.#size;
    try {
      this.#write(parts, offset);
      this.#dirty = true;
      if (synced) this.sync();
    } catch (error) {
      this.#undo(offset);
      throw error;
    }
    return { offset, end: this.#size };
  }

  /** Brings everything to the disk itself. Throws what syncing throws: then the next record goes into another file. */
  sync(): void {
    if (!this.#dirty) return;
    try {
      this.#files.fdatasyncSync(this.#fd);
    } catch (error) {
      // What the system could not write it may have forgotten: asking again would be answered with yes.
      this.#broken = true;
      throw error;
    }
    this.#dirty = false;
  }

  /** The same without holding anybody up. `failed` is told when it does not succeed. */
  syncAside(failed: (error: unknown) => void): void {
    if (!this.#dirty || this.#isSyncing) return;
    this.#dirty = false;
    this.#isSyncing = true;
    this.#files.fdatasync(this.#fd, (error) => {
      this.#isSyncing = false;
      if (error !== null) {
        this.#broken = true;
        failed(error);
      }
      if (!this.#isClosed) return;
      // What was written meanwhile as well.
      this.syncAside(failed);
      this.close();
    });
  }

  /** Takes nothing more. The file stays open while it is being synced. */
  close(): void {
    this.#isClosed = true;
    if (!this.#isSyncing) attempt(() => this.#files.closeSync(this.#fd));
  }

  /** A write may take only part of the bytes: when the disk is nearly full, or a signal comes in between. */
  #write(parts: readonly Uint8Array[], offset: number): void {
    let rest = parts.filter((part) => part.length > 0);
    let position = offset;
    while (rest.length > 0) {
      let written = this.#files.writevSync(this.#fd, rest, position);
      if (written === 0) throw Object.assign(new Error('nothing was written'), { code: 'EIO' });
      position += written;
      let whole = 0;
      while (whole < rest.length && written >= rest[whole]!.length)
        written -= rest[whole++]!.length;
      rest = rest.slice(whole);
      if (written > 0) rest[0] = rest[0]!.subarray(written);
    }
    this.#size = position;
  }

  /** Shortening a file needs no room. What is torn all the same is found by its checksum. */
  #undo(size: number): void {
    this.#size = size;
    try {
      this.#files.ftruncateSync(this.#fd, size);
    } catch {
      this.#broken = true;
    }
  }
}
