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
// So many are encoded at a time, before there are enough for a batch.
const SLICE = 64;
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
  /** Goes into the batch that grows. */
  readonly grows: boolean;
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
  /** As #taken was when a batch was last handed on. */
  #handedUpTo = 0;
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
    if (this.#batchIsFull() || this.#sliceIsFull()) this.#run();
    else if (this.#timer === undefined) this.#startTimer();
  }

  /** So many items left the queue by another way. */
  passedBy(items: number): void {
    this.#taken += items;
  }

  /** Resolves when every item that is in the queue now has been handed to the destinations. */
  async flush(): Promise<void> {
    this.#startFlush();
    await this.#running;
  }

  /**
   * Hands on all there is, what it has in its hands and what is in the queue, without a turn in between, until `end` on the monotonic
   * clock; what is ready by then at the latest. The rest stays where it is, and takes its usual way.
   */
  drain(end: number): void {
    const { handOver } = this.#options;
    outsideTraces(() => {
      let inTime = true;
      // A getter of an item that is being encoded may end the process.
      while (inTime && !handOver.isHanding && (this.#work !== undefined || this.#queue.size > 0)) {
        const work = (this.#work ??= this.#take());
        while (work.next < work.items.length && (inTime = this.#clock.monotonicMillis() < end))
          this.#transformNext(work);
        this.#work = this.#rest(work);
        this.#pass(work);
      }
      if (handOver.isHanding) return;
      handOver.handGrown();
      if (this.#work === undefined) this.#handed();
      else this.#handedUpTo = this.#taken - this.#work.items.length;
      this.#run();
    });
  }

  /** Takes nothing from the queue any more. What is being prepared goes nowhere: returns how many items that are. */
  close(): number {
    this.#closed = true;
    this.#stopTimer();
    const left = this.preparing;
    this.#work = undefined;
    return left;
  }

  #batchIsFull(): boolean {
    const { batchItems, batchBytes, handOver } = this.#options;
    const { items, byteEstimate } = handOver.grown;
    return this.#queue.size + items >= batchItems || this.#queue.bytes + byteEstimate >= batchBytes;
  }

  #sliceIsFull(): boolean {
    return this.#queue.size >= SLICE && this.#options.handOver.mayGrow;
  }

  /** All that a flush waits for has been taken, and not all of it was handed on. */
  #isDue(): boolean {
    // What was evicted meanwhile is not taken any more.
    const isTaken = this.#taken >= this.#flushUpTo || this.#queue.size === 0;
    return this.#handedUpTo < this.#flushUpTo && isTaken;
  }

  #hasWork(): boolean {
    if (this.#closed) return false;
    if (this.#work !== undefined) return true;
    if (this.#queue.size === 0) return this.#hasMore() && this.#isDue();
    return this.#taken < this.#flushUpTo || this.#batchIsFull() || this.#sliceIsFull();
  }

  #hasMore(): boolean {
    return this.#queue.size + this.#options.handOver.grown.items > 0;
  }

  #startTimer(): void {
    outsideTraces(() => {
      this.#timer = this.#clock.setTimer(() => {
        this.#timer = undefined;
        this.#startFlush();
      }, this.#options.delayMillis);
    });
  }

  #startFlush(): void {
    this.#flushUpTo = this.#taken + this.#queue.size;
    this.#run();
  }

  #stopTimer(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    if (this.#running !== undefined || !this.#hasWork()) return;
    this.#running = outsideTraces(() => this.#loop());
  }

  async #loop(): Promise<void> {
    const { failures } = this.#options;
    let turnEnds = -Infinity;
    try {
      while (this.#hasWork()) {
        if (this.#clock.monotonicMillis() >= turnEnds) {
          await nextTurn();
          turnEnds = this.#clock.monotonicMillis() + TURN_MILLIS;
          // A receiver may be in trouble by now: what is no whole batch waits.
          if (!this.#hasWork()) break;
        }
        // What a drain had no time for comes first.
        this.#work ??= this.#take();
        if (await this.#hand(this.#work)) turnEnds = -Infinity;
      }
    } catch (error) {
      // Every step before guards itself; this keeps a mistake of ours from ending the process.
      failures.report('preparing a batch', error);
    } finally {
      this.#running = undefined;
      if (this.preparing > 0) this.#options.ledger.dropped('prepare_failed', this.preparing);
      this.#work = undefined;
      if (this.#hasMore() && !this.#closed) this.added();
    }
  }

  #take(): Work<T> {
    const { batchItems, batchBytes, handOver } = this.#options;
    const grows = handOver.mayGrow;
    const most = grows ? Math.min(SLICE, batchItems - handOver.grown.items) : batchItems;
    const { items, bytes } = this.#queue.take(most, batchBytes);
    this.#taken += items.length;
    return { items, bytes, ready: [], next: 0, grows };
  }

  /** Whether anything was handed on. */
  async #hand(work: Work<T>): Promise<boolean> {
    const { failures } = this.#options;
    const resources = failures.guard('reading a resource', () => pendingResources(work.items));
    if (resources !== undefined) await withTimeout(resources, RESOURCE_WAIT_MILLIS, this.#clock);
    await this.#transform(work);
    // It is closed, or a drain has handed it on.
    if (this.#work !== work) return false;
    this.#work = undefined;
    return this.#pass(work);
  }

  /** What of it is not transformed yet. */
  #rest({ items, next, bytes, grows }: Work<T>): Work<T> | undefined {
    if (next === items.length) return undefined;
    const rest = items.slice(next);
    return { items: rest, bytes: (bytes * rest.length) / items.length, ready: [], next: 0, grows };
  }

  #pass(work: Work<T>): boolean {
    const { handOver } = this.#options;
    if (work.grows) return this.#grow(work);
    handOver.handGrown();
    handOver.hand(work.ready, work.bytes);
    this.#handed();
    return true;
  }

  #grow({ items: taken, ready, bytes }: Work<T>): boolean {
    const { batchItems, batchBytes, handOver } = this.#options;
    // The next one does not fit: it begins another batch, which leaves when it is due itself.
    const isOver = handOver.grown.byteEstimate + bytes > batchBytes;
    if (isOver) {
      handOver.handGrown();
      this.#handedUpTo = this.#taken - taken.length;
    }
    handOver.grow(ready, bytes);
    const { items, byteEstimate } = handOver.grown;
    const leaves = this.#isDue() || items >= batchItems || byteEstimate >= batchBytes;
    if (leaves) {
      handOver.handGrown();
      this.#handed();
    }
    return isOver || leaves;
  }

  #handed(): void {
    this.#handedUpTo = this.#taken;
    if (!this.#hasMore()) this.#stopTimer();
  }

  async #transform(work: Work<T>): Promise<void> {
    const { transforms } = this.#options;
    let turnStart = this.#clock.monotonicMillis();
    while (work.next < work.items.length && this.#work === work) {
      this.#transformNext(work);
      if (transforms.length > 0 && this.#clock.monotonicMillis() - turnStart >= TURN_MILLIS) {
        await nextTurn();
        turnStart = this.#clock.monotonicMillis();
      }
    }
  }

  #transformNext(work: Work<T>): void {
    const { transforms, ledger, failures } = this.#options;
    // Counted as here until it is somewhere else.
    const ready = transformItem(work.items[work.next]!, transforms, ledger, failures);
    work.next++;
    if (ready !== undefined) work.ready.push(ready);
  }
}
