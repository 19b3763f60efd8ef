import type { Clock } from '@llm-otel/core';

/** Shorter values cannot take long, and are not timed: reading the clock would cost more than they do. */
const TIMED_FROM = 32_768;

/** A value took longer than it may. It is replaced as a whole. */
class TimeBudgetError extends Error {
  override readonly name = 'TimeBudgetError';
}

/** The time that one value may take, whatever is done with it. */
export class TimeBudget {
  readonly #clock: Clock;
  readonly #millis: number;
  #deadline = Infinity;

  constructor(clock: Clock, millis: number) {
    this.#clock = clock;
    this.#millis = millis;
  }

  /** Starts anew, for a value of that many characters. */
  start(length: number): void {
    this.#deadline = length < TIMED_FROM ? Infinity : this.#clock.monotonicMillis() + this.#millis;
  }

  /** @throws TimeBudgetError when the time is over */
  check(): void {
    if (this.#deadline !== Infinity && this.#clock.monotonicMillis() > this.#deadline)
      throw new TimeBudgetError('the value took longer than it may');
  }
}
