/**
 * A map of strings with a bound. Two generations: when the young one is full it becomes the old one, and what was
 * asked for since survives. Keys are copied, because a slice of a long text would keep that text alive.
 */
export class BoundedMap<V> {
  readonly #limit: number;
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  /** Holds at most `limit` entries. */
  constructor(limit: number) {
    this.#limit = Math.max(1, limit >> 1);
  }

  get(key: string): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined || this.#old.size === 0) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: V): void {
    if (this.#young.size >= this.#limit) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(copyOf(key), value);
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }
}

/**
 * The same characters in a string of their own. As the name of a property it is interned, so that the same text
 * elsewhere in the program is found by its address.
 */
function copyOf(text: string): string {
  return Object.keys({ [text]: 0 })[0]!;
}
