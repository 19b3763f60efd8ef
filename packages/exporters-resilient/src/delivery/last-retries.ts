const FIRST_WAIT_MILLIS = 100;
const LONGEST_WAIT_MILLIS = 1000;
// Under it a receiver would be asked without a pause in the last moments.
const SHORTEST_WAIT_MILLIS = 20;
const LAST_TRY_MILLIS = 1000;
// Less than this says nothing about a receiver.
const SHORTEST_ATTEMPT_MILLIS = 100;

/**
 * How attempts follow each other while a shutdown waits: what is not delivered by its deadline is lost, or spooled, so an
 * ordinary back-off of seconds would spend the time that is left with nothing.
 */
export class LastRetries {
  readonly #deadline: number;
  readonly #lastTryAt: number;
  #failures = 0;

  /** Both on the monotonic clock. */
  constructor(deadline: number, now: number) {
    this.#deadline = deadline;
    const margin = Math.min(LAST_TRY_MILLIS, Math.max(deadline - now, 0) / 4);
    this.#lastTryAt = deadline - margin;
  }

  failed(): void {
    this.#failures++;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** The wait after a failure: from 50 to 100 ms, doubling up to a second, and at most a quarter of what is left. */
  waitMillis(now: number, random: () => number): number {
    const doubled = FIRST_WAIT_MILLIS * 2 ** Math.min(Math.max(this.#failures - 1, 0), 10);
    const longest = Math.min(doubled, LONGEST_WAIT_MILLIS, (this.#deadline - now) / 4);
    return Math.max(longest * (0.5 + random() / 2), SHORTEST_WAIT_MILLIS);
  }

  /**
   * How long one attempt may take where it is not known that the receiver answers: half of what is left, so that there is time for
   * another one; or twice as long as the receiver takes otherwise.
   */
  attemptMillis(now: number, usualMillis: number): number {
    return Math.max((this.#deadline - now) / 2, usualMillis * 2, SHORTEST_ATTEMPT_MILLIS);
  }

  /** When a pause that the receiver asked for ends: just before the deadline at the latest, for one last try. */
  endOfPause(until: number, now: number): number {
    return now < this.#lastTryAt ? Math.min(until, this.#lastTryAt) : until;
  }
}
