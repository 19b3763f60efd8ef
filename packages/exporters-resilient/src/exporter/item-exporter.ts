import {
  type Clock,
  type ExportResult,
  type LedgerSnapshot,
  type TimeLimit,
  withTimeout,
} from '@llm-otel/core';
import type { ScopedItem } from '../encode/grouped-encoder.ts';
import type { FlushResult, HeldItems } from '../flush-result.ts';
import { keepProcessAlive } from '../keep-process-alive.ts';
import type { ItemPipeline } from '../processor/item-pipeline.ts';
import { PipelineOwner } from '../processor/pipeline-owner.ts';
import type { ResolvedExporterOptions } from './exporter-options.ts';

// The batch processors of OpenTelemetry export one batch at a time, and hold 2,048 items meanwhile; what comes then is lost,
// and only they know what.
const ANSWER_AFTER_MILLIS = 1000;
// One of theirs that is full.
const FULL_BATCH = 512;

/** What exporters of spans and of log records have in common: a processor's way from the queue on. */
export class ItemExporter<T extends ScopedItem> {
  readonly #pipeline: ItemPipeline<T>;
  readonly #clock: Clock;
  readonly #bytesOf: (item: T) => number;
  readonly #owner: PipelineOwner;
  /** A batch took longer than we can let the processor wait, and nothing has been idle since. */
  #isSlow = false;

  constructor(
    pipeline: ItemPipeline<T>,
    options: ResolvedExporterOptions,
    bytesOf: (item: T) => number,
  ) {
    this.#pipeline = pipeline;
    this.#clock = options.clock;
    this.#bytesOf = bytesOf;
    this.#owner = new PipelineOwner(pipeline, options);
  }

  /** Never throws. */
  export(items: readonly T[], resultCallback: (result: ExportResult) => void): void {
    const { ledger } = this.#pipeline;
    let taken = 0;
    for (const item of items) {
      ledger.ended(1);
      if (this.#owner.isClosed) this.#pipeline.tooLate();
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
    if (this.#owner.isClosed) error = new Error('the exporter is shut down');
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
    // Who flushes the processor in front waits for this answer, and nothing else keeps the process alive meanwhile.
    const settled = keepProcessAlive(withTimeout(idle, ANSWER_AFTER_MILLIS, this.#clock));
    if ((await settled) !== 'timeout') return;
    this.#isSlow = true;
    void idle.then(() => {
      this.#isSlow = false;
    });
  }

  flush(limit?: TimeLimit): Promise<FlushResult> {
    return this.#owner.flush(limit);
  }

  forceFlush(limit?: TimeLimit): Promise<void> {
    return this.#owner.forceFlush(limit, limit !== undefined);
  }

  shutdown(limit?: TimeLimit): Promise<void> {
    return this.#owner.shutdown(limit);
  }

  ready(limit?: TimeLimit): Promise<boolean> {
    return this.#owner.ready(limit);
  }

  held(): HeldItems {
    return this.#owner.held();
  }

  snapshot(): LedgerSnapshot {
    return this.#owner.ledger();
  }
}
