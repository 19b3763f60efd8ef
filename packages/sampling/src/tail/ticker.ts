import type { Clock, Timer } from '@llm-otel/core';

export const TICK_MILLIS = 250;

/** So many ticks that at least `millis` have passed, however far the first of them had got. */
export function ticksFor(millis: number): number {
  return Math.ceil(millis / TICK_MILLIS) + 1;
}

/**
 * Time in ticks of a quarter of a second, with one timer and only while it is needed. Monotonic: a jump of the wall
 * clock moves nothing.
 */
export class Ticker {
  readonly #clock: Clock;
  readonly #onTick: (tick: number) => boolean;
  #timer: Timer;
  #tick: number;

  /** @param onTick - called each quarter of a second after `start`, until it returns false */
  constructor(clock: Clock, onTick: (tick: number) => boolean) {
    this.#clock = clock;
    this.#onTick = onTick;
    this.#tick = this.now();
  }

  /** The tick that ran last. Asks the clock only while no timer is running. */
  get tick(): number {
    if (this.#timer === undefined) this.#tick = Math.max(this.#tick, this.now());
    return this.#tick;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    // Before the timer runs, the tick is the clock's.
    this.#tick = this.tick;
    this.#timer = this.#clock.setTimer(() => {
      this.#timer = undefined;
      if (this.#onTick(this.tick)) this.start();
    }, TICK_MILLIS);
  }

  stop(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  /** The current tick, also when the program has kept the timer from running. */
  now(): number {
    return Math.floor(this.#clock.monotonicMillis() / TICK_MILLIS);
  }
}
