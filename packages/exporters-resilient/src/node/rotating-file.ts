import { loadFs } from './builtin.ts';

export interface RotatingFileOptions {
  readonly path: string;
  readonly maxBytes: number;
  readonly maxFiles: number;
  /** Files that were last written before that go, and none is written for longer than a part of it. `Infinity`: age does not count. */
  readonly maxAgeMillis: number;
  readonly epochMillis: () => number;
}

// Readable by nobody else: it holds what users wrote.
const MODE = 0o600;
const LINE_END = 0x0a;
// Of the age of a line, what its file may add to it: a tenth, or as little as the number of files allows.
const SMALLEST_PART = 10;

/**
 * A file of lines that is renamed to `path.1` when it is full, with `path.1` going to `path.2` and so on. A line is in
 * it whole or not at all. Throws what the file system throws.
 */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  #file: number | undefined;
  #inode = 0;
  #size = 0;
  /** When the first line of the file was written. */
  #since = 0;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  append(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    const { maxBytes } = this.#options;
    let file = this.#open();
    if (this.#size > 0 && (this.#size + bytes.length > maxBytes || this.#isOld())) {
      this.#rotate();
      file = this.#open();
    }
    const start = this.#size;
    try {
      this.#size += writeAll(file, bytes);
    } catch (error) {
      // A full disk takes a part of it: half a line would spoil the next one.
      loadFs().ftruncateSync(file, start);
      throw error;
    }
  }

  /** Deletes what is too old, also the file that is written to, when nobody writes. */
  dropOld(): void {
    const fs = loadFs();
    const { path, maxFiles, maxAgeMillis, epochMillis } = this.#options;
    if (maxAgeMillis === Infinity) return;
    const oldest = epochMillis() - maxAgeMillis;
    for (const name of [path, ...Array.from({ length: maxFiles }, (_, i) => this.#numbered(i + 1))])
      if ((fs.statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) <= oldest) {
        if (name === path) this.close();
        fs.rmSync(name, { force: true });
      }
  }

  close(): void {
    if (this.#file !== undefined) loadFs().closeSync(this.#file);
    this.#file = undefined;
  }

  #open(): number {
    const fs = loadFs();
    if (this.#file !== undefined) {
      // Another writer of this process may have made it longer or renamed it, and an operator may have deleted it.
      const now = fs.statSync(this.#options.path, { throwIfNoEntry: false });
      if (now?.ino === this.#inode) {
        this.#size = now.size;
        return this.#file;
      }
      this.close();
    }
    this.dropOld();
    this.#file = fs.openSync(this.#options.path, 'a+', MODE);
    const stat = fs.fstatSync(this.#file);
    if (stat.isFIFO()) {
      this.close();
      // Writing to one that nobody reads would stop the application.
      throw new Error('a pipe is no file');
    }
    const { size, birthtimeMs, ino } = stat;
    this.#size = size;
    this.#inode = ino;
    this.#since = size > 0 ? birthtimeMs : this.#options.epochMillis();
    // What a process left that was killed while it wrote ends here.
    const last = Buffer.alloc(1);
    if (this.#size > 0 && fs.readSync(this.#file, last, 0, 1, this.#size - 1) === 1)
      if (last[0] !== LINE_END) this.#size += writeAll(this.#file, Buffer.from('\n'));
    return this.#file;
  }

  #rotate(): void {
    const fs = loadFs();
    const { path, maxFiles } = this.#options;
    this.close();
    fs.rmSync(this.#numbered(maxFiles - 1), { force: true });
    for (let number = maxFiles - 2; number >= 1; number--)
      if (fs.existsSync(this.#numbered(number)))
        fs.renameSync(this.#numbered(number), this.#numbered(number + 1));
    if (maxFiles > 1) fs.renameSync(path, this.#numbered(1));
    else fs.rmSync(path, { force: true });
  }

  #isOld(): boolean {
    const { maxAgeMillis, maxFiles, epochMillis } = this.#options;
    const part = maxAgeMillis / Math.max(1, Math.min(maxFiles - 1, SMALLEST_PART));
    return epochMillis() - this.#since >= part;
  }

  #numbered(number: number): string {
    return `${this.#options.path}.${number}`;
  }
}

/** A single write may take only a part. */
function writeAll(file: number, bytes: Uint8Array): number {
  for (let written = 0; written < bytes.length;)
    written += loadFs().writeSync(file, bytes, written);
  return bytes.length;
}
