import { attempt, type Files, openFile, readAt } from './files.ts';
import { checksum, HEADER_BYTES, MAGIC, readHeader, type RecordHeader } from './record-header.ts';

/** What stands at a place of a segment. */
export type Found =
  | { readonly kind: 'record'; readonly header: RecordHeader; readonly next: number }
  /** Bytes that are no record, up to the next one. */
  | { readonly kind: 'garbage'; readonly next: number }
  /** The end; `torn` bytes in front of it are no record, or one that was cut off. */
  | { readonly kind: 'end'; readonly torn: number };

/** Reads one segment file, which may grow meanwhile, and which may hold anything. */
export class SegmentReader {
  readonly #files: Files;
  readonly #fd: number;

  /** Throws what opening the file throws, and where it is none. */
  constructor(files: Files, path: string) {
    this.#files = files;
    this.#fd = openFile(files, path);
  }

  get size(): number {
    return this.#files.fstatSync(this.#fd).size;
  }

  /** What it takes on disk: less than its size where it has holes. */
  get bytesOnDisk(): number {
    const { size, blocks } = this.#files.fstatSync(this.#fd) as { size: number; blocks?: number };
    return blocks === undefined ? size : Math.min(size, blocks * 512);
  }

  /** When it was written last, by the clock of the machine, milliseconds since the Unix epoch. */
  get writtenMillis(): number {
    return this.#files.fstatSync(this.#fd).mtimeMs;
  }

  /** The header at a place; undefined when there is none. Throws what reading the file throws. */
  header(offset: number): RecordHeader | undefined {
    return readHeader(readAt(this.#files, this.#fd, offset, HEADER_BYTES));
  }

  /** Throws what reading the file throws. */
  find(offset: number): Found {
    const { size } = this;
    if (offset >= size) return { kind: 'end', torn: 0 };
    const header = this.header(offset);
    if (header !== undefined) {
      const next = offset + HEADER_BYTES + header.length;
      if (next <= size) return { kind: 'record', header, next };
    }
    const next = this.#search(offset + 1);
    return next === undefined ? { kind: 'end', torn: size - offset } : { kind: 'garbage', next };
  }

  /** The payload of the record at `offset`; undefined when it is not what was written. */
  payload(offset: number, { length, payloadCrc }: RecordHeader): Buffer | undefined {
    const bytes = readAt(this.#files, this.#fd, offset + HEADER_BYTES, length);
    return bytes.length === length && checksum(bytes) === payloadCrc ? bytes : undefined;
  }

  close(): void {
    attempt(() => this.#files.closeSync(this.#fd));
  }

  /** Where the next whole header starts. A payload may hold the magic by chance, but hardly its checksum. */
  #search(from: number): number | undefined {
    for (let position = from; ;) {
      const bytes = readAt(this.#files, this.#fd, position, SEARCHED_AT_ONCE);
      for (let at = bytes.indexOf(MAGIC); at >= 0; at = bytes.indexOf(MAGIC, at + 1)) {
        const header = readAt(this.#files, this.#fd, position + at, HEADER_BYTES);
        if (readHeader(header) !== undefined) return position + at;
      }
      const isFar = position - from >= SEARCHED_AT_MOST;
      if (bytes.length < SEARCHED_AT_ONCE || isFar) return undefined;
      // A magic may lie across the border.
      position += bytes.length - (MAGIC.length - 1);
    }
  }
}

const SEARCHED_AT_ONCE = 256 * 1024;
// Twice a segment as it is by default. Beyond that nothing is a record: a file of zeros may be as large as the disk, and the
// event loop belongs to the application.
const SEARCHED_AT_MOST = 16 * 1024 * 1024;
