import { InvalidOptionError } from '@llm-otel/core';
import { loadFs } from './builtin.ts';

/** A small file that is replaced while we run: a certificate that is renewed. Looked at when it is needed. */
export class WatchedFile {
  readonly #option: string;
  readonly #path: string;
  #text: string | undefined;
  #seen: string | undefined;
  #failure = '';

  /** `option` is what names it in {@link problem}. It need not be there yet. */
  constructor(option: string, path: string) {
    this.#option = option;
    this.#path = path;
    this.hasChanged();
  }

  /** Absent as long as it could never be read. */
  get text(): string | undefined {
    return this.#text;
  }

  /** Why there is no text, without anything secret: a key that was put in the place of its path does not show. */
  get problem(): string | undefined {
    if (this.#text !== undefined) return undefined;
    const use = `a file that can be read (${this.#failure})`;
    return new InvalidOptionError({ option: this.#option, value: this.#path, use }).message;
  }

  /** Whether there is another text than before. A file that is missing for a moment keeps the one it had. */
  hasChanged(): boolean {
    try {
      const stamp = this.#stamp();
      if (stamp === this.#seen) return false;
      const text = loadFs().readFileSync(this.#path, 'utf8');
      // Only what could be read was seen: a file that we get the right to read does not change by that.
      this.#seen = stamp;
      const changed = text !== this.#text;
      this.#text = text;
      return changed;
    } catch (error) {
      this.#failure = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
      return false;
    }
  }

  /** Kubernetes replaces a link, which the inode tells; others write in place, which time and size tell. */
  #stamp(): string {
    const { ino, mtimeNs, size } = loadFs().statSync(this.#path, { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  }
}
