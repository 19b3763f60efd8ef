import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '@llm-otel/core';

export interface FolderLimits {
  readonly maxBytes: number;
  readonly maxAgeMillis: number;
}

interface StoredFile {
  readonly bytes: number;
  /** When it was last stored. */
  atMillis: number;
}

// A little below the limit, so that not every file that comes makes another one go.
const LOW_WATER = 0.9;
const SWEEP_EVERY_MILLIS = 60_000;

/** Files of one folder, kept within a size and an age. One caller at a time. */
export class ContentFolder {
  written = 0;
  evicted = 0;
  readonly #root: string;
  readonly #limits: FolderLimits;
  readonly #clock: Clock;
  /** In the order they were last stored, oldest first. Undefined until the folder was looked at. */
  #files: Map<string, StoredFile> | undefined;
  #bytes = 0;
  #sweptMillis = 0;

  constructor(root: string, limits: FolderLimits, clock: Clock) {
    this.#root = root;
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Writes a file that is not there yet. It appears whole or not at all, whenever the process ends. */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    const files = (this.#files ??= await this.#found());
    const now = this.#clock.epochMillis();
    const path = join(this.#root, name);
    const known = files.get(name);
    if (known !== undefined && (await touched(path, now))) {
      files.delete(name);
      files.set(name, { ...known, atMillis: now });
    } else {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const unfinished = `${path}.${process.pid}.part`;
      await writeFile(unfinished, bytes, { mode: 0o600 });
      await rename(unfinished, path);
      if (known !== undefined) this.#bytes -= known.bytes;
      files.delete(name);
      files.set(name, { bytes: bytes.byteLength, atMillis: now });
      this.#bytes += bytes.byteLength;
      this.written++;
    }
    await this.#sweep(files, now);
  }

  async #sweep(files: Map<string, StoredFile>, now: number): Promise<void> {
    const full = this.#bytes > this.#limits.maxBytes;
    if (!full && now - this.#sweptMillis < SWEEP_EVERY_MILLIS) return;
    this.#sweptMillis = now;
    const target = full ? this.#limits.maxBytes * LOW_WATER : this.#limits.maxBytes;
    for (const [name, { bytes, atMillis }] of files) {
      const old = now - atMillis > this.#limits.maxAgeMillis;
      if (!old && this.#bytes <= target) return;
      files.delete(name);
      this.#bytes -= bytes;
      this.evicted++;
      await rm(join(this.#root, name), { force: true });
    }
  }

  /** What an earlier process left, oldest first. Halves of files are removed. */
  async #found(): Promise<Map<string, StoredFile>> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    const found: [string, StoredFile][] = [];
    for (const folder of await readdir(this.#root, { withFileTypes: true })) {
      // Only folders of our own making: nothing else is counted, and nothing else removed.
      if (!folder.isDirectory() || !/^[0-9a-f]{2}$/.test(folder.name)) continue;
      for (const file of await readdir(join(this.#root, folder.name))) {
        const path = join(this.#root, folder.name, file);
        if (file.endsWith('.part')) await rm(path, { force: true });
        else if (/^[0-9a-f]{64}\./.test(file)) {
          const { size, mtimeMs } = await stat(path);
          found.push([join(folder.name, file), { bytes: size, atMillis: mtimeMs }]);
          this.#bytes += size;
        }
      }
    }
    return new Map(found.toSorted(([, a], [, b]) => a.atMillis - b.atMillis));
  }
}

/** Makes a file young again; false where somebody has removed it. */
async function touched(path: string, now: number): Promise<boolean> {
  try {
    await utimes(path, now / 1000, now / 1000);
    return true;
  } catch {
    return false;
  }
}
