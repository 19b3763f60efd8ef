const FIRST_WAIT_MILLIS = 100;
const LONGEST_WAIT_MILLIS = 1000;
// Under it a receiver would be asked without a pause in the last moments.
const SHORTEST_WAIT_MILLIS = 20;
const LAST_TRY_MILLIS = 1000;
// Of the time that is left, before a receiver that does not answer is asked a second time.
const PATIENCE = 0.75;
// Less than this says nothing about a receiver.
const SHORTEST_PATIENCE_MILLIS = 100;

/**
 * How attempts follow each other while a shutdown waits: what is not delivered by its deadline is lost, or spooled, so an
 * ordinary back-off of seconds would spend the time that is left with nothing.
 */
export class LastRetries {
  readonly #since: number;
  readonly #deadline: number;
  readonly #lastTryAt: number;
  #failures = 0;

  /** Both on the monotonic clock. */
  constructor(deadline: number, now: number) {
    this.#since = now;
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
   * When a receiver that has not answered since then is asked a second time: after three quarters of the time that was left, so that a
   * slow one is not asked without need and there is some for the other attempt; or twice as long as it takes otherwise.
   * Undefined when that is too late.
   */
  secondAttemptAt(since: number, usualMillis: number): number | undefined {
    const start = Math.max(since, this.#since);
    const patience = Math.max((this.#deadline - start) * PATIENCE, SHORTEST_PATIENCE_MILLIS);
    const at = Math.max(start + patience, since + usualMillis * 2);
    return at < this.#deadline ? at : undefined;
  }

  /** When a pause that the receiver asked for ends: just before the deadline at the latest, for one last try. */
  endOfPause(until: number, now: number): number {
    return now < this.#lastTryAt ? Math.min(until, this.#lastTryAt) : until;
  }
}
