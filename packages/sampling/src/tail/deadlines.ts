import type { Clock, Timer } from '@llm-otel/core';

const TICK_MILLIS = 250;

interface Waiting {
  /** The tick this will be looked at; -1 for never. */
  tick: number;
}

/**
 * Calls back when something is due, to the next quarter of a second. One timer for all of them, and none while there
 * is nothing to wait for. Time is monotonic: a jump of the wall clock moves nothing.
 */
export class Deadlines<T extends Waiting> {
  readonly #clock: Clock;
  readonly #onDue: (item: T, now: number) => void;
  readonly #slots = new Map<number, T[]>();
  #timer: Timer;
  #lastTick: number;
  #recently: number;

  constructor(clock: Clock, onDue: (item: T, now: number) => void) {
    this.#clock = clock;
    this.#onDue = onDue;
    this.#recently = clock.monotonicMillis();
    this.#lastTick = tickOf(this.#recently);
  }

  /** Monotonic time without asking the clock: good to a quarter of a second while anything is waiting. */
  get recently(): number {
    return this.#recently;
  }

  /** Due at this monotonic time, and no longer at any time given before. */
  set(item: T, due: number): void {
    const tick = Math.max(Math.ceil(due / TICK_MILLIS), this.#lastTick + 1);
    if (item.tick === tick) return;
    item.tick = tick;
    const slot = this.#slots.get(tick);
    if (slot === undefined) this.#slots.set(tick, [item]);
    else slot.push(item);
    this.#timer ??= this.#startTimer();
  }

  /** Forgets everything that was set. */
  clear(): void {
    this.#slots.clear();
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  #startTimer(): Timer {
    return this.#clock.setTimer(() => this.#onTick(), TICK_MILLIS);
  }

  #onTick(): void {
    this.#timer = undefined;
    const now = this.#clock.monotonicMillis();
    this.#recently = now;
    const tick = tickOf(now);
    for (const [at, items] of this.#takeDue(tick)) {
      for (const item of items) {
        if (item.tick !== at) continue;
        item.tick = -1;
        this.#onDue(item, now);
      }
    }
    if (this.#slots.size > 0) this.#timer ??= this.#startTimer();
  }

  /** After a pause of hours there are fewer slots than ticks. */
  #takeDue(tick: number): [number, T[]][] {
    const due =
      this.#slots.size < tick - this.#lastTick
        ? [...this.#slots.keys()].filter((at) => at <= tick).toSorted((a, b) => a - b)
        : Array.from({ length: tick - this.#lastTick }, (_, at) => this.#lastTick + 1 + at);
    this.#lastTick = Math.max(tick, this.#lastTick);
    const taken: [number, T[]][] = [];
    for (const at of due) {
      const items = this.#slots.get(at);
      if (items === undefined) continue;
      this.#slots.delete(at);
      taken.push([at, items]);
    }
    return taken;
  }
}

function tickOf(millis: number): number {
  return Math.floor(millis / TICK_MILLIS);
}
