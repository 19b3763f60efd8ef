// A receiver that is too slow for less than this is too slow for anything.
const SMALLEST_AFTER_TIMEOUT = 64 * 1024;

/**
 * How large a request may be, by what the receiver has taken so far. Unlimited until it refuses one as too large, or
 * lets one time out; then half of that, growing by a tenth with each success, never again to what was refused.
 */
export class RequestSize {
  #limit = Infinity;
  #refused = Infinity;

  /** In bytes before compression. */
  get limit(): number {
    return this.#limit;
  }

  tooLarge(bytes: number): void {
    this.#refused = Math.min(this.#refused, bytes);
    this.#limit = Math.max(1, Math.min(this.#limit, bytes / 2));
  }

  timedOut(bytes: number): void {
    if (bytes > SMALLEST_AFTER_TIMEOUT)
      this.#limit = Math.max(SMALLEST_AFTER_TIMEOUT, Math.min(this.#limit, bytes / 2));
  }

  /** A request of that size was taken. Only one that came near the limit says anything about it. */
  taken(bytes: number): void {
    if (bytes * 2 < this.#limit) return;
    const larger = this.#limit * 1.1;
    if (larger < this.#refused) this.#limit = larger;
  }

  /** The receiver was away and is back: it may be another one. */
  forget(): void {
    this.#limit = Infinity;
    this.#refused = Infinity;
  }
}
