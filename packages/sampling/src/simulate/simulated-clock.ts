import type { Clock } from '@llm-otel/core';

interface SimulatedTimer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that jumps to the times it is told, running the timers on the way. Synchronous, unlike a clock for tests. */
export class SimulatedClock implements Clock {
  readonly #timers = new Set<SimulatedTimer>();
  #now = 0;

  epochMillis(): number {
    return this.#now;
  }

  monotonicMillis(): number {
    return this.#now;
  }

  setTimer(callback: () => void, delayMillis: number): SimulatedTimer {
    const timer = { at: this.#now + delayMillis, callback };
    this.#timers.add(timer);
    return timer;
  }

  clearTimer(timer: unknown): void {
    this.#timers.delete(timer as SimulatedTimer);
  }

  /** Nothing happens where `millis` is in the past. */
  moveTo(millis: number): void {
    for (let next = this.#next(millis); next !== undefined; next = this.#next(millis)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
    }
    this.#now = Math.max(this.#now, millis);
  }

  /** The first timer that runs until `millis`. There are one or two of them. */
  #next(millis: number): SimulatedTimer | undefined {
    let first: SimulatedTimer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= millis && (first === undefined || timer.at < first.at)) first = timer;
    }
    return first;
  }
}
