import type { Clock } from '@llm-otel/core';

/** Shorter values cannot take long, and are not timed: reading the clock would cost more than they do. */
const TIMED_FROM = 32_768;

/** How many steps pass between two looks at the clock, less one: a mask. */
const STEPS_BETWEEN_LOOKS = 511;

/** A value took longer than it may. It is replaced as a whole. */
class TimeBudgetError extends Error {
  override readonly name = 'TimeBudgetError';
}

/** The time that one value may take, whatever is done with it. */
export class TimeBudget {
  readonly #clock: Clock;
  readonly #millis: number;
  #deadline = Infinity;
  #steps = 0;

  constructor(clock: Clock, millis: number) {
    this.#clock = clock;
    this.#millis = millis;
  }

  /** Starts anew, for a value of that many characters. */
  start(length: number): void {
    this.#deadline = length < TIMED_FROM ? Infinity : this.#clock.monotonicMillis() + this.#millis;
  }

  /** Nothing is timed until the next start. */
  end(): void {
    this.#deadline = Infinity;
  }

  /**
   * For the loops of every pass: looks at the clock now and then.
   * @throws TimeBudgetError when the time is over
   */
  step(): void {
    if ((++this.#steps & STEPS_BETWEEN_LOOKS) === 0) this.check();
  }

  /** @throws TimeBudgetError when the time is over */
  check(): void {
    if (this.#deadline !== Infinity && this.#clock.monotonicMillis() > this.#deadline)
      throw new TimeBudgetError('the value took longer than it may');
  }
}
