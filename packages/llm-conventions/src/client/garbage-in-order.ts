import { FailureLog } from '@llm-otel/core';

interface Held<T> {
  readonly value: T;
  readonly rank: number;
}

const failures = new FailureLog();

/**
 * Calls back when objects have become garbage. Of those that become it together, as a stream and what it reads from, chance decides which
 * is told of first: here it is the one with the highest rank.
 */
export class GarbageInOrder<T> {
  readonly #callback: (value: T) => void;
  readonly #registry: FinalizationRegistry<Held<T>> | undefined;
  #collected: Held<T>[] = [];

  constructor(callback: (value: T) => void) {
    this.#callback = callback;
    // Not in every edge runtime. There, nothing is told of.
    if (typeof FinalizationRegistry === 'undefined') return;
    this.#registry = new FinalizationRegistry((held) => {
      // All of one collection are told of before the next microtask.
      if (this.#collected.push(held) === 1) queueMicrotask(() => this.#tell());
    });
  }

  /** `value` must not hold `object`, which would never be garbage then. */
  register(object: object, value: T, rank: number): void {
    this.#registry?.register(object, { value, rank });
  }

  #tell(): void {
    const collected = this.#collected;
    this.#collected = [];
    for (const { value } of collected.toSorted((a, b) => b.rank - a.rank))
      failures.guard('telling of garbage', () => this.#callback(value));
  }
}
