import { InvalidOptionError } from '@llm-otel/core';
import { loadFs } from './builtin.ts';

/** A small file that is replaced while we run: a certificate that is renewed. Looked at when it is needed. */
export class WatchedFile {
  readonly #path: string;
  #text: string;
  #seen: string;

  /** Throws {@link InvalidOptionError}, naming `option`, for a file that cannot be read. */
  constructor(option: string, path: string) {
    this.#path = path;
    try {
      this.#seen = this.#stamp();
      this.#text = loadFs().readFileSync(path, 'utf8');
    } catch (error) {
      const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
      throw new InvalidOptionError({
        option,
        value: path,
        use: `a file that can be read (${why})`,
      });
    }
  }

  get text(): string {
    return this.#text;
  }

  /** Whether there is another text than before. A file that is missing for a moment keeps the one it had. */
  hasChanged(): boolean {
    try {
      const stamp = this.#stamp();
      if (stamp === this.#seen) return false;
      this.#seen = stamp;
      const text = loadFs().readFileSync(this.#path, 'utf8');
      const changed = text !== this.#text;
      this.#text = text;
      return changed;
    } catch {
      return false;
    }
  }

  /** Kubernetes replaces a link, which the inode tells; others write in place, which time and size tell. */
  #stamp(): string {
    const { ino, mtimeNs, size } = loadFs().statSync(this.#path, { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  }
}
