import {
  type Clock,
  type ExportResult,
  type LedgerSnapshot,
  type TimeLimit,
  withTimeout,
} from '@llm-otel/core';
import type { ScopedItem } from '../encode/grouped-encoder.ts';
import { type FlushResult, FlushResults, millisOf } from '../flush-result.ts';
import type { ItemPipeline } from '../processor/item-pipeline.ts';
import type { ResolvedExporterOptions } from './exporter-options.ts';

// The batch processors of OpenTelemetry export one batch at a time, and hold 2,048 items meanwhile; what comes then is lost,
// and only they know what.
const ANSWER_AFTER_MILLIS = 1000;
// One of theirs that is full.
const FULL_BATCH = 512;

/** What exporters of spans and of log records have in common: a processor's way from the queue on. */
export class ItemExporter<T extends ScopedItem> {
  readonly #pipeline: ItemPipeline<T>;
  readonly #options: ResolvedExporterOptions;
  readonly #clock: Clock;
  readonly #bytesOf: (item: T) => number;
  readonly #flushes: FlushResults;
  /** A batch took longer than we can let the processor wait, and nothing has been idle since. */
  #isSlow = false;
  #shuttingDown: Promise<void> | undefined;
  #closed = false;

  constructor(
    pipeline: ItemPipeline<T>,
    options: ResolvedExporterOptions,
    bytesOf: (item: T) => number,
  ) {
    this.#pipeline = pipeline;
    this.#options = options;
    this.#clock = options.clock;
    this.#bytesOf = bytesOf;
    const { ledger } = pipeline;
    this.#flushes = new FlushResults(() => ledger.snapshot());
    ledger.watch({ undecided: () => 0, queued: () => pipeline.queued });
  }

  /** Never throws. */
  export(items: readonly T[], resultCallback: (result: ExportResult) => void): void {
    const { ledger } = this.#pipeline;
    let taken = 0;
    for (const item of items) {
      ledger.ended(1);
      if (this.#closed) this.#pipeline.tooLate();
      else if (this.#pipeline.add(item, this.#bytesOf(item))) taken++;
    }
    void this.#answer(items.length, taken, resultCallback);
  }

  /**
   * Success when all is delivered, or as soon as waiting makes no sense: the retries have taken over, or more is to come. A
   * processor that waited for a receiver to come back would drop what ends meanwhile.
   */
  async #answer(
    items: number,
    taken: number,
    resultCallback: (result: ExportResult) => void,
  ): Promise<void> {
    const pipeline = this.#pipeline;
    let error: Error | undefined;
    if (this.#closed) error = new Error('the exporter is shut down');
    else if (taken === 0 && items > 0) error = new Error('the queue of the exporter is full');
    else {
      await pipeline.handOn();
      if (!pipeline.wasTaken) error = new Error('no destination has room for the batch');
      // A full batch, or one of those that came while it waited: there is no time to wait.
      else if (items < FULL_BATCH && !this.#isSlow) await this.#settled();
    }
    pipeline.failures.guard('the callback of an export', () =>
      resultCallback(error === undefined ? { code: 0 } : { code: 1, error }),
    );
  }

  async #settled(): Promise<void> {
    const idle = this.#pipeline.idleOrTroubled();
    if ((await withTimeout(idle, ANSWER_AFTER_MILLIS, this.#clock)) !== 'timeout') return;
    this.#isSlow = true;
    void idle.then(() => {
      this.#isSlow = false;
    });
  }

  async flush(limit?: TimeLimit): Promise<FlushResult> {
    await this.forceFlush(limit);
    return this.#flushes.next();
  }

  async forceFlush(limit?: TimeLimit): Promise<void> {
    const millis = millisOf(limit, this.#options.exportTimeoutMillis);
    if (!this.#closed) await this.#pipeline.forceFlush(millis, nothing);
  }

  shutdown(limit?: TimeLimit): Promise<void> {
    const millis = millisOf(limit, this.#options.shutdownTimeoutMillis);
    this.#shuttingDown ??= this.#pipeline.shutdown(millis, {
      held: () => 0,
      drain: nothing,
      closed: () => {
        this.#closed = true;
      },
    });
    return this.#shuttingDown;
  }

  ready(limit?: TimeLimit): Promise<boolean> {
    const millis = millisOf(limit, this.#options.exportTimeoutMillis);
    return this.#closed ? Promise.resolve(false) : this.#pipeline.ready(millis);
  }

  snapshot(): LedgerSnapshot {
    return this.#pipeline.ledger.snapshot();
  }
}

function nothing(): void {
  // Nothing holds items back before the queue.
}
