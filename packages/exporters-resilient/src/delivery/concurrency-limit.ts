// A latency of more than twice what is usual means that requests wait at the receiver.
const SLOW = 2;
// Below this, differences are those of our own event loop.
const NOISE_MILLIS = 5;
// The usual latency follows a receiver that has become slower for good.
const DRIFT = 0.05;

/**
 * How many requests may be on their way at once: from one to a ceiling, by what the receiver bears. Grows by one with
 * each round of answers that came as fast as usual, shrinks by a tenth for a slow one and by half for a failure.
 */
export class ConcurrencyLimit {
  readonly #ceiling: number;
  #limit: number;
  #usualMillis: number | undefined;

  constructor(ceiling: number) {
    this.#ceiling = ceiling;
    this.#limit = ceiling;
  }

  get current(): number {
    return Math.floor(this.#limit);
  }

  /** How long an answer takes, as far as is known. */
  get usualMillis(): number {
    return this.#usualMillis ?? 0;
  }

  /** @param inFlight requests that were on their way as this one was answered, itself included */
  answered(latencyMillis: number, inFlight: number): void {
    const usual = (this.#usualMillis ??= latencyMillis);
    if (latencyMillis > usual * SLOW + NOISE_MILLIS) this.#limit = Math.max(1, this.#limit * 0.9);
    else if (inFlight >= this.current)
      this.#limit = Math.min(this.#ceiling, this.#limit + 1 / this.#limit);
    this.#usualMillis =
      latencyMillis < usual ? latencyMillis : usual + (latencyMillis - usual) * DRIFT;
  }

  failed(): void {
    this.#limit = Math.max(1, this.#limit / 2);
  }
}
