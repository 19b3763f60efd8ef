import type { Clock, Timer } from '@llm-otel/core';

/** Longer than a reader takes for a piece, shorter than a process may take to collect its garbage. */
const QUIET_MILLIS = 30_000;

/**
 * What happens in a run. Version 7 keeps a stream that is left ready for another reader, and tells nobody: that nothing is asked for and
 * nothing happens for a while is all there is to see.
 */
export class RunActivity {
  readonly #clock: Clock;
  #lastMillis: number;
  #awaited = 0;
  #timer: Timer;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastMillis = clock.monotonicMillis();
  }

  /** How long ago something has happened. */
  get quietMillis(): number {
    return this.#clock.monotonicMillis() - this.#lastMillis;
  }

  happened(): void {
    this.#lastMillis = this.#clock.monotonicMillis();
  }

  /** As long as it is on its way, the run waits and is not left. */
  awaits(answer: PromiseLike<unknown>): void {
    this.#awaited++;
    this.happened();
    const came = (): void => {
      this.#awaited--;
      this.happened();
    };
    answer.then(came, came);
  }

  /** Calls back when the run has been quiet for long; `isBusy` tells of what else goes on in it. */
  whenQuiet(isBusy: () => boolean, left: () => void): void {
    const look = (): void => {
      if (this.#awaited > 0 || isBusy()) this.happened();
      const restMillis = QUIET_MILLIS - this.quietMillis;
      if (restMillis <= 0) left();
      else this.#timer = this.#clock.setTimer(look, restMillis);
    };
    this.#timer ??= this.#clock.setTimer(look, QUIET_MILLIS);
  }

  stop(): void {
    this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }
}
