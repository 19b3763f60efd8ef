/** Something repeats itself. */
export interface Loop {
  /** Calls in one turn. */
  readonly length: number;
  /** Turns so far. */
  readonly repeats: number;
}

/** The longest turn that is looked for, in calls. */
const MAX_LENGTH = 8;

/**
 * Sees when a run repeats itself: the same calls with the same arguments, in the same order, `repeats` times in a row. Keeps
 * a number for each of the last calls and nothing of the calls themselves.
 */
export class LoopDetector {
  readonly #repeats: number;
  readonly #recent: number[] = [];
  /** A loop is told once, and again only after something else happened. */
  #inside = 0;
  /** Below 0, as no hash is. */
  #unknown = 0;

  constructor(repeats: number) {
    this.#repeats = repeats;
  }

  /**
   * Notes a call; one without a signature is like no other. Returns the loop that this call completes, undefined where there is none that
   * is new.
   */
  note(signature: string | undefined): Loop | undefined {
    const recent = this.#recent;
    recent.push(signature === undefined ? --this.#unknown : hashOf(signature));
    if (recent.length > MAX_LENGTH * this.#repeats) recent.shift();
    for (let length = 1; length <= MAX_LENGTH; length++) {
      if (!this.#repeatsEvery(length)) continue;
      if (this.#inside === length) return undefined;
      this.#inside = length;
      return { length, repeats: this.#repeats };
    }
    this.#inside = 0;
    return undefined;
  }

  /** Whether the last calls are `repeats` turns of that length. */
  #repeatsEvery(length: number): boolean {
    const recent = this.#recent;
    const needed = length * this.#repeats;
    if (recent.length < needed) return false;
    for (let index = recent.length - needed + length; index < recent.length; index++)
      if (recent[index] !== recent[index - length]) return false;
    return true;
  }
}

/** FNV-1a over the UTF-16 units, with the length mixed in. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5 ^ text.length;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
