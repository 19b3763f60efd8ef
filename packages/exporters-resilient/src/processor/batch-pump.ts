import { type Clock, type FailureLog, type Ledger, type Timer, withTimeout } from '@llm-otel/core';
import type { ScopedItem } from '../encode/grouped-encoder.ts';
import { nextTurn } from '../next-turn.ts';
import { outsideTraces } from '../suppressed-context.ts';
import type { BatchHandOver } from './batch-hand-over.ts';
import type { ItemQueue } from './item-queue.ts';
import { pendingResources } from './pending-resources.ts';
import { type Transform, transformItem } from './transform-item.ts';

// Transforms may take a millisecond for a long prompt. The application's own work comes in between.
const TURN_MILLIS = 5;
// A resource detector that never answers must not hold up every span.
const RESOURCE_WAIT_MILLIS = 5000;

export interface BatchPumpOptions<T extends ScopedItem> {
  readonly batchItems: number;
  readonly batchBytes: number;
  readonly delayMillis: number;
  readonly transforms: readonly Transform<T>[];
  readonly clock: Clock;
  readonly queue: ItemQueue<T>;
  readonly handOver: BatchHandOver<T>;
  readonly ledger: Ledger;
  readonly failures: FailureLog;
}

/** Items taken from the queue and not yet handed on: the first are ready, the others not yet transformed. */
interface Work<T> {
  readonly items: readonly T[];
  readonly ready: T[];
  /** Of the first item that is not transformed. */
  next: number;
  readonly bytes: number;
}

/** What a pump had in its hands when it was closed. */
export interface LeftInPump<T> {
  readonly ready: readonly T[];
  readonly untransformed: readonly T[];
}

/**
 * Moves items from the queue to the destinations, batch by batch: when a batch is full, when the oldest one has
 * waited long enough, or when asked to flush. Never on the stack of the one who adds an item, and
 * never more than one batch in a turn of the event loop.
 */
export class BatchPump<T extends ScopedItem> {
  readonly #options: BatchPumpOptions<T>;
  readonly #queue: ItemQueue<T>;
  readonly #clock: Clock;
  #timer: Timer;
  #work: Work<T> | undefined;
  #running: Promise<void> | undefined;
  #taken = 0;
  /** Items up to this one, counted from the start, leave without waiting for a full batch. */
  #flushUpTo = 0;
  #closed = false;

  constructor(options: BatchPumpOptions<T>) {
    this.#options = options;
    this.#queue = options.queue;
    this.#clock = options.clock;
  }

  /** Items taken from the queue and not yet handed on. */
  get preparing(): number {
    const work = this.#work;
    return work === undefined ? 0 : work.ready.length + work.items.length - work.next;
  }

  /** An item was added to the queue. */
  added(): void {
    if (this.#running !== undefined) return;
    if (this.#batchIsFull()) this.#run();
    else if (this.#timer === undefined) this.#startTimer();
  }

  /** So many items left the queue by another way. */
  passedBy(items: number): void {
    this.#taken += items;
  }

  /** Resolves when every item that is in the queue now has been handed to the destinations. */
  async flush(): Promise<void> {
    this.#flushUpTo = this.#taken + this.#queue.size;
    if (this.#queue.size > 0) this.#run();
    await this.#running;
  }

  /** Takes nothing from the queue any more. What is being prepared goes nowhere and is returned. */
  close(): LeftInPump<T> {
    this.#closed = true;
    this.#stopTimer();
    const { ready = [], items = [], next = 0 } = this.#work ?? {};
    this.#work = undefined;
    return { ready, untransformed: items.slice(next) };
  }

  #batchIsFull(): boolean {
    const { batchItems, batchBytes } = this.#options;
    return this.#queue.size >= batchItems || this.#queue.bytes >= batchBytes;
  }

  #startTimer(): void {
    outsideTraces(() => {
      this.#timer = this.#clock.setTimer(() => {
        this.#timer = undefined;
        this.#flushUpTo = this.#taken + this.#queue.size;
        if (this.#queue.size > 0) this.#run();
      }, this.#options.delayMillis);
    });
  }

  #stopTimer(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    if (this.#running !== undefined || this.#closed) return;
    this.#stopTimer();
    this.#running = outsideTraces(() => this.#loop());
  }

  async #loop(): Promise<void> {
    const { batchItems, batchBytes, failures } = this.#options;
    try {
      do {
        await nextTurn();
        const { items, bytes } = this.#queue.take(batchItems, batchBytes);
        this.#taken += items.length;
        this.#work = { items, bytes, ready: [], next: 0 };
        await this.#hand(this.#work);
      } while (
        !this.#closed &&
        this.#queue.size > 0 &&
        (this.#taken < this.#flushUpTo || this.#batchIsFull())
      );
    } catch (error) {
      // Every step before guards itself; this keeps a mistake of ours from ending the process.
      failures.report('preparing a batch', error);
    } finally {
      this.#running = undefined;
      if (this.preparing > 0) this.#options.ledger.dropped('prepare_failed', this.preparing);
      this.#work = undefined;
      if (this.#queue.size > 0 && !this.#closed) this.added();
    }
  }

  async #hand(work: Work<T>): Promise<void> {
    const { handOver, failures } = this.#options;
    const resources = failures.guard('reading a resource', () => pendingResources(work.items));
    if (resources !== undefined) await withTimeout(resources, RESOURCE_WAIT_MILLIS, this.#clock);
    await this.#transform(work);
    if (this.#closed) return;
    this.#work = undefined;
    handOver.hand(work.ready, work.bytes);
  }

  async #transform(work: Work<T>): Promise<void> {
    const { transforms, ledger, failures } = this.#options;
    let turnStart = this.#clock.monotonicMillis();
    while (work.next < work.items.length && !this.#closed) {
      // Counted as here until it is somewhere else.
      const ready = transformItem(work.items[work.next]!, transforms, ledger, failures);
      work.next++;
      if (ready !== undefined) work.ready.push(ready);
      if (transforms.length > 0 && this.#clock.monotonicMillis() - turnStart >= TURN_MILLIS) {
        await nextTurn();
        turnStart = this.#clock.monotonicMillis();
      }
    }
  }
}
