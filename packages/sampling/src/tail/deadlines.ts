import type { Clock, Timer } from '@llm-otel/core';
import { NEVER } from './trace-record.ts';

export const TICK_MILLIS = 250;

interface Waiting {
  /** The tick this will be looked at. Kept by {@link Deadlines}. */
  dueTick: number;
}

/**
 * Calls back when something is due. Time goes in ticks of a quarter of a second, with one timer for everything that is
 * waiting and none while nothing is. It is monotonic: a jump of the wall clock moves nothing.
 */
export class Deadlines<T extends Waiting> {
  readonly #clock: Clock;
  readonly #onDue: (item: T) => void;
  readonly #slots = new Map<number, T[]>();
  #waiting = 0;
  #timer: Timer;
  #tick: number;

  constructor(clock: Clock, onDue: (item: T) => void) {
    this.#clock = clock;
    this.#onDue = onDue;
    this.#tick = this.#now();
  }

  /** The current tick. Asks the clock only while no timer is running. */
  get tick(): number {
    if (this.#timer === undefined) this.#tick = Math.max(this.#tick, this.#now());
    return this.#tick;
  }

  /** Due at this tick, or the next one where that is over, and no longer at any tick given before. */
  set(item: T, tick: number): void {
    const due = Math.max(tick, this.tick + 1);
    if (item.dueTick === due) return;
    if (item.dueTick === NEVER) this.#waiting++;
    item.dueTick = due;
    const slot = this.#slots.get(due);
    if (slot === undefined) this.#slots.set(due, [item]);
    else slot.push(item);
    this.#timer ??= this.#startTimer();
  }

  /** No longer due at any time. */
  delete(item: T): void {
    if (item.dueTick === NEVER) return;
    item.dueTick = NEVER;
    this.#waiting--;
  }

  /** Forgets everything that was set. */
  clear(): void {
    this.#waiting = 0;
    this.#slots.clear();
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  #now(): number {
    return Math.floor(this.#clock.monotonicMillis() / TICK_MILLIS);
  }

  #startTimer(): Timer {
    return this.#clock.setTimer(() => this.#onTick(), TICK_MILLIS);
  }

  #onTick(): void {
    this.#timer = undefined;
    const before = this.#tick;
    for (const tick of this.#ticksAfter(before, this.tick)) {
      const items = this.#slots.get(tick);
      if (items === undefined) continue;
      this.#slots.delete(tick);
      for (const item of items) {
        if (item.dueTick !== tick) continue;
        this.delete(item);
        this.#onDue(item);
      }
    }
    // What is still listed then was set to another time or deleted.
    if (this.#waiting === 0) this.#slots.clear();
    else this.#timer ??= this.#startTimer();
  }

  /** Each tick that has passed; after a pause of hours only those for which something is listed. */
  #ticksAfter(before: number, now: number): number[] {
    if (now - before <= this.#slots.size) {
      return Array.from({ length: now - before }, (_, at) => before + 1 + at);
    }
    return [...this.#slots.keys()].filter((tick) => tick <= now).toSorted((a, b) => a - b);
  }
}
