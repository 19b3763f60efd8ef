import { BoundedMap } from './bounded-map.ts';

const REMEMBERED = 4096;
const SEEN = 8192;

/**
 * Short texts that held nothing to hide: models, hosts, names of operations come again with every span. A text is
 * kept when it comes a second time, so that ids, which never do, do not push the others out.
 */
export class CleanTexts {
  readonly #texts: BoundedMap<true> = new BoundedMap(REMEMBERED);
  /** Hashes of texts seen once. */
  readonly #seen: Int32Array = new Int32Array(SEEN);

  has(text: string): boolean {
    return this.#texts.get(text) === true;
  }

  /** `hash` differs for most texts. Where it does not, a text is kept the first time. */
  saw(text: string, hash: number): void {
    const slot = hash & (SEEN - 1);
    if (this.#seen[slot] !== hash) {
      this.#seen[slot] = hash;
      return;
    }
    this.#texts.set(text, true);
  }
}
