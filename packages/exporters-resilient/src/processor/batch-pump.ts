import {
  type Clock,
  type FailureLog,
  type Ledger,
  type ReadableSpan,
  type Timer,
  withTimeout,
} from '@llm-otel/core';
import { nextTurn } from '../next-turn.ts';
import { outsideTraces } from '../suppressed-context.ts';
import type { BatchHandOver } from './batch-hand-over.ts';
import type { ResolvedProcessorOptions } from './processor-options.ts';
import type { SpanQueue } from './span-queue.ts';
import { pendingResources } from './pending-resources.ts';
import { transformSpan } from './transform-span.ts';

// Transforms may take a millisecond for a long prompt. The application's own work comes in between.
const TURN_MILLIS = 5;
// A resource detector that never answers must not hold up every span.
const RESOURCE_WAIT_MILLIS = 5000;

export interface BatchPumpOptions extends ResolvedProcessorOptions {
  readonly queue: SpanQueue;
  readonly handOver: BatchHandOver;
  readonly ledger: Ledger;
  readonly failures: FailureLog;
}

/** Spans taken from the queue and not yet handed on: the first are ready, the others not yet transformed. */
interface Work {
  readonly spans: readonly ReadableSpan[];
  readonly ready: ReadableSpan[];
  /** Of the first span that is not transformed. */
  next: number;
  readonly bytes: number;
}

/** What a pump had in its hands when it was closed. */
export interface LeftInPump {
  readonly ready: readonly ReadableSpan[];
  readonly untransformed: readonly ReadableSpan[];
}

/**
 * Moves spans from the queue to the destinations, batch by batch: when a batch is full, when the oldest span has
 * waited long enough, or when asked to flush. Never on the stack of the one who ends a span, and
 * never more than one batch in a turn of the event loop.
 */
export class BatchPump {
  readonly #options: BatchPumpOptions;
  readonly #queue: SpanQueue;
  readonly #clock: Clock;
  #timer: Timer;
  #work: Work | undefined;
  #running: Promise<void> | undefined;
  #taken = 0;
  /** Spans up to this one, counted from the start, leave without waiting for a full batch. */
  #flushUpTo = 0;
  #closed = false;

  constructor(options: BatchPumpOptions) {
    this.#options = options;
    this.#queue = options.queue;
    this.#clock = options.clock;
  }

  /** Spans taken from the queue and not yet handed on. */
  get preparing(): number {
    const work = this.#work;
    return work === undefined ? 0 : work.ready.length + work.spans.length - work.next;
  }

  /** A span was added to the queue. */
  added(): void {
    if (this.#running !== undefined) return;
    if (this.#batchIsFull()) this.#run();
    else if (this.#timer === undefined) this.#startTimer();
  }

  /** So many spans left the queue by another way. */
  passedBy(spans: number): void {
    this.#taken += spans;
  }

  /** Resolves when every span that is in the queue now has been handed to the destinations. */
  async flush(): Promise<void> {
    this.#flushUpTo = this.#taken + this.#queue.size;
    if (this.#queue.size > 0) this.#run();
    await this.#running;
  }

  /** Takes nothing from the queue any more. What is being prepared goes nowhere and is returned. */
  close(): LeftInPump {
    this.#closed = true;
    this.#stopTimer();
    const { ready = [], spans = [], next = 0 } = this.#work ?? {};
    this.#work = undefined;
    return { ready, untransformed: spans.slice(next) };
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
        const { spans, bytes } = this.#queue.take(batchItems, batchBytes);
        this.#taken += spans.length;
        this.#work = { spans, bytes, ready: [], next: 0 };
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

  async #hand(work: Work): Promise<void> {
    const { handOver, failures } = this.#options;
    const resources = failures.guard('reading a resource', () => pendingResources(work.spans));
    if (resources !== undefined) await withTimeout(resources, RESOURCE_WAIT_MILLIS, this.#clock);
    await this.#transform(work);
    if (this.#closed) return;
    this.#work = undefined;
    handOver.hand(work.ready, work.bytes);
  }

  async #transform(work: Work): Promise<void> {
    const { transforms, ledger, failures } = this.#options;
    let turnStart = this.#clock.monotonicMillis();
    while (work.next < work.spans.length && !this.#closed) {
      const span = work.spans[work.next++]!;
      const ready = transformSpan(span, transforms, ledger, failures);
      if (ready !== undefined) work.ready.push(ready);
      if (transforms.length > 0 && this.#clock.monotonicMillis() - turnStart >= TURN_MILLIS) {
        await nextTurn();
        turnStart = this.#clock.monotonicMillis();
      }
    }
  }
}
