import {
  type Clock,
  type FailureLog,
  type Ledger,
  type ReadableSpan,
  type SpanTransform,
  type Timer,
  withTimeout,
} from '@llm-otel/core';
import type { DestinationSet } from '../destination-set.ts';
import { TraceEncoder } from '../encode/trace-encoder.ts';
import { nextTurn } from '../next-turn.ts';
import { SpanBatch } from '../span-batch.ts';
import { outsideTraces } from '../suppressed-context.ts';
import type { ResolvedProcessorOptions } from './processor-options.ts';
import type { SpanQueue, TakenSpans } from './span-queue.ts';
import { pendingResources } from './pending-resources.ts';

// Transforms may take a millisecond for a long prompt. The application's own work comes in between.
const TURN_MILLIS = 5;
// A resource detector that never answers must not hold up every span.
const RESOURCE_WAIT_MILLIS = 5000;

export interface BatchPumpOptions extends ResolvedProcessorOptions {
  readonly queue: SpanQueue;
  readonly destinations: DestinationSet;
  readonly ledger: Ledger;
  readonly failures: FailureLog;
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
  readonly #transforms: readonly SpanTransform[];
  readonly #encoder = new TraceEncoder();
  #timer: Timer;
  #preparing = 0;
  #running: Promise<void> | undefined;
  #taken = 0;
  /** Spans up to this one, counted from the start, leave without waiting for a full batch. */
  #flushUpTo = 0;
  #closed = false;

  constructor(options: BatchPumpOptions) {
    this.#options = options;
    this.#queue = options.queue;
    this.#clock = options.clock;
    this.#transforms = options.transforms;
  }

  /** Spans taken from the queue and not yet handed on. */
  get preparing(): number {
    return this.#preparing;
  }

  /** A span was added to the queue. */
  added(): void {
    if (this.#running !== undefined) return;
    if (this.#batchIsFull()) this.#run();
    else if (this.#timer === undefined) this.#startTimer();
  }

  /** Resolves when every span that is in the queue now has been handed to the destinations. */
  async flush(): Promise<void> {
    this.#flushUpTo = this.#taken + this.#queue.size;
    if (this.#queue.size > 0) this.#run();
    await this.#running;
  }

  /** Takes nothing from the queue any more. What is being prepared goes nowhere: returns how many that were. */
  close(): number {
    this.#closed = true;
    this.#stopTimer();
    const abandoned = this.#preparing;
    this.#preparing = 0;
    return abandoned;
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
        const taken = this.#queue.take(batchItems, batchBytes);
        this.#taken += taken.spans.length;
        this.#preparing = taken.spans.length;
        await this.#hand(taken);
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
      if (this.#preparing > 0 && !this.#closed) {
        this.#options.ledger.dropped('prepare_failed', this.#preparing);
        this.#preparing = 0;
      }
      if (this.#queue.size > 0 && !this.#closed) this.added();
    }
  }

  async #hand({ spans, bytes }: TakenSpans): Promise<void> {
    const { destinations, batchBytes, failures } = this.#options;
    const resources = failures.guard('reading a resource', () => pendingResources(spans));
    if (resources !== undefined) await withTimeout(resources, RESOURCE_WAIT_MILLIS, this.#clock);
    const ready = this.#transforms.length === 0 ? spans : await this.#transformed(spans);
    if (this.#closed || ready.length === 0) return;
    const batch = new SpanBatch(ready, bytes, this.#encoder, batchBytes, failures);
    this.#preparing = 0;
    destinations.hand(batch);
  }

  async #transformed(spans: readonly ReadableSpan[]): Promise<ReadableSpan[]> {
    const { ledger, failures } = this.#options;
    const ready: ReadableSpan[] = [];
    let turnStart = this.#clock.monotonicMillis();
    for (const span of spans) {
      if (this.#closed) break;
      let current = span;
      let failed: SpanTransform | undefined;
      for (const transform of this.#transforms) {
        try {
          current = transform.transform(current);
        } catch (error) {
          failed = transform;
          failures.report(`transform ${transform.name}`, error);
          break;
        }
      }
      if (failed === undefined) ready.push(current);
      else {
        this.#preparing--;
        ledger.dropped(`${failed.name}_failed`, 1);
      }
      if (this.#clock.monotonicMillis() - turnStart >= TURN_MILLIS) {
        await nextTurn();
        turnStart = this.#clock.monotonicMillis();
      }
    }
    return ready;
  }
}
