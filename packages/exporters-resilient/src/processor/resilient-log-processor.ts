import type { LedgerSnapshot, ReadableLogRecord, TimeLimit } from '@llm-otel/core';
import { ItemBatch } from '../batch/item-batch.ts';
import { LogsEncoder } from '../encode/logs-encoder.ts';
import { type FlushResult, FlushResults, millisOf } from '../flush-result.ts';
import { estimateLogBytes } from './estimate-log-bytes.ts';
import { ItemPipeline } from './item-pipeline.ts';
import {
  type ResilientLogProcessorOptions,
  resolveLogProcessorOptions,
} from './processor-options.ts';

/** A log record processor that loses no record without counting it. Fits LogRecordProcessor of either line. */
export interface ResilientLogProcessor {
  onEmit(record: ReadableLogRecord): void;
  /** Where every log record that was emitted is now. */
  ledger(): LedgerSnapshot;
  /** As the span processor's. @defaultValue 25000 ms */
  ready(options?: TimeLimit): Promise<boolean>;
  /** As the span processor's. Never rejects. */
  flush(options?: TimeLimit): Promise<FlushResult>;
  /** As the span processor's. Never rejects. */
  forceFlush(options?: TimeLimit): Promise<void>;
  /** As the span processor's. Never rejects. */
  shutdown(options?: TimeLimit): Promise<void>;
}

/**
 * Our batch processor for log records: the queue, the transforms, the delivery and the ledger of the span processor.
 * Nothing redacts a record but the `transforms`.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function resilientLogProcessor(
  options: ResilientLogProcessorOptions,
): ResilientLogProcessor {
  const resolved = resolveLogProcessorOptions(options);
  const encoder = new LogsEncoder();
  const pipeline = new ItemPipeline<ReadableLogRecord>({
    ...resolved,
    signal: 'logs',
    itemName: 'log record',
    queueVariable: 'OTEL_BLRP_MAX_QUEUE_SIZE',
    makeBatch: (records, bytes, sensitivity, failures) =>
      new ItemBatch('logs', records, bytes, encoder, resolved.batchBytes, failures, sensitivity),
  });
  const { ledger } = pipeline;
  let closed = false;
  ledger.watch({ undecided: () => 0, queued: () => pipeline.queued });
  let shuttingDown: Promise<void> | undefined;
  const flushes = new FlushResults(() => ledger.snapshot());
  const processor: ResilientLogProcessor = {
    onEmit(record) {
      ledger.ended(1);
      if (closed) {
        pipeline.tooLate();
        return;
      }
      pipeline.add(record, estimateLogBytes(record));
    },
    ready: (limit) =>
      closed
        ? Promise.resolve(false)
        : pipeline.ready(millisOf(limit, resolved.exportTimeoutMillis)),
    async flush(limit) {
      await processor.forceFlush(limit);
      return flushes.next();
    },
    async forceFlush(limit) {
      const millis = millisOf(limit, resolved.exportTimeoutMillis);
      if (!closed) await pipeline.forceFlush(millis, nothing);
    },
    shutdown(limit) {
      shuttingDown ??= pipeline.shutdown(millisOf(limit, resolved.shutdownTimeoutMillis), {
        held: () => 0,
        drain: nothing,
        closed() {
          closed = true;
        },
      });
      return shuttingDown;
    },
    ledger: () => ledger.snapshot(),
  };
  return processor;
}

function nothing(): void {
  // Nothing holds records back before the queue.
}
