// An application names few models and servers, each for every call. Far more than that, and it starts over.
const MAX_ENTRIES = 256;
/** Longer than any id or address that is named for every call. */
const MAX_KEY_LENGTH = 512;

/** Answers that were found before, by the text they were asked for; so few and so short that they fill no memory. */
export class Remembered<V> {
  readonly #answers = new Map<string, V>();

  get(key: string): V | undefined {
    return this.#answers.get(key);
  }

  set(key: string, answer: V): void {
    if (key.length > MAX_KEY_LENGTH) return;
    if (this.#answers.size >= MAX_ENTRIES) this.#answers.clear();
    this.#answers.set(key, answer);
  }
}
