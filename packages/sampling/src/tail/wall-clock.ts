import type { HrTime } from '@opentelemetry/api';
import type { Clock } from '@llm-otel/core';

// Less is drift, a leap second or a slow look.
const SMALLEST_JUMP_MILLIS = 1000;
// Who sets the clock more often while one trace runs has another problem.
const MOST_JUMPS = 8;

/**
 * Tells by how much the wall clock has been set, so that it does not look like a duration. Spans start at the time of
 * the wall clock and last as long as the monotonic one says: one that runs while it is set goes by the time before.
 */
export class WallClock {
  readonly #clock: Clock;
  /** Wall clock less monotonic clock, when looked at last. */
  #offset: number;
  /** All jumps so far, and what that was before each of the last ones. */
  #shift = 0;
  readonly #before: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#offset = clock.epochMillis() - clock.monotonicMillis();
  }

  /**
   * What to take off the times of a span that ends now, in milliseconds: 0 unless the wall clock has been set.
   * @param endTime - when the span ended, by the wall clock as it was when the span started
   */
  shiftOf(endTime: HrTime): number {
    const now = this.#clock.epochMillis();
    const offset = now - this.#clock.monotonicMillis();
    const jump = offset - this.#offset;
    this.#offset = offset;
    if (Math.abs(jump) >= SMALLEST_JUMP_MILLIS) {
      this.#before.push(this.#shift);
      if (this.#before.length > MOST_JUMPS) this.#before.shift();
      this.#shift += Math.round(jump);
    }
    if (this.#before.length === 0) return this.#shift;
    const late = now - (endTime[0] * 1e3 + endTime[1] / 1e6);
    let closest = this.#shift;
    let leastWay = Math.abs(late);
    for (const shift of this.#before) {
      const way = Math.abs(late - this.#shift + shift);
      if (way >= leastWay) continue;
      closest = shift;
      leastWay = way;
    }
    return closest;
  }
}
