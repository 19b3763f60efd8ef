import type { Clock } from '@llm-otel/core';

// Less is drift, a leap second or a slow look.
const SMALLEST_JUMP_MILLIS = 1000;

/**
 * Tells by how much the wall clock has been set, so that it does not look like a duration. Spans start at the time of
 * the wall clock and last as long as the monotonic one says: one that runs while it is set goes by the time before.
 */
export class WallClock {
  readonly #clock: Clock;
  /** Wall clock less monotonic clock, when looked at last. */
  #offset: number;
  /** All jumps so far, and all before the last one. */
  #shift = 0;
  #shiftBefore = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#offset = clock.epochMillis() - clock.monotonicMillis();
  }

  /**
   * What to take off the times of a span that ends now, in milliseconds: 0 unless the wall clock has been set.
   * @param endSeconds - when the span ended, in seconds since the epoch
   */
  shiftOf(endSeconds: number): number {
    const now = this.#clock.epochMillis();
    const offset = now - this.#clock.monotonicMillis();
    const jump = offset - this.#offset;
    this.#offset = offset;
    if (Math.abs(jump) >= SMALLEST_JUMP_MILLIS) {
      this.#shiftBefore = this.#shift;
      this.#shift += Math.round(jump);
    }
    if (this.#shift === this.#shiftBefore) return this.#shift;
    const before = now - this.#shift + this.#shiftBefore;
    const end = endSeconds * 1000;
    return Math.abs(end - before) < Math.abs(end - now) ? this.#shiftBefore : this.#shift;
  }
}
