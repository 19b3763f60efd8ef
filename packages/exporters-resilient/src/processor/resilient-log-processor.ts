import type { LedgerSnapshot, ReadableLogRecord, TimeLimit } from '@llm-otel/core';
import { logBatches } from '../batch/batch-source.ts';
import type { FlushResult, HeldItems } from '../flush-result.ts';
import { estimateLogBytes } from './estimate-log-bytes.ts';
import { ItemPipeline } from './item-pipeline.ts';
import { PipelineOwner } from './pipeline-owner.ts';
import {
  type ResilientLogProcessorOptions,
  resolveLogProcessorOptions,
} from './processor-options.ts';

/** A log record processor that loses no record without counting it. Fits LogRecordProcessor of either line. */
export interface ResilientLogProcessor {
  onEmit(record: ReadableLogRecord): void;
  /** Where every log record that was emitted is now. */
  ledger(): LedgerSnapshot;
  /** As the span processor's. */
  held(): HeldItems;
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
  const pipeline = new ItemPipeline<ReadableLogRecord>({
    ...resolved,
    signal: 'logs',
    itemName: 'log record',
    queueVariable: 'OTEL_BLRP_MAX_QUEUE_SIZE',
    batchesOf: (failures) => logBatches({ maxRequestBytes: resolved.batchBytes, failures }),
  });
  const owner = new PipelineOwner(pipeline, resolved);
  const filters = (options.filters ?? []).filter((filter) => filter !== undefined);
  const isFilteredOut = (record: ReadableLogRecord): boolean => {
    for (const filter of filters) {
      const reason = pipeline.failures.guard('a filter', () => filter(record));
      if (reason === undefined) continue;
      pipeline.ledger.dropped(reason, 1);
      return true;
    }
    return false;
  };
  return {
    onEmit(record) {
      pipeline.ledger.ended(1);
      if (owner.isClosed) pipeline.tooLate();
      else if (!isFilteredOut(record)) pipeline.add(record, estimateLogBytes(record));
    },
    ready: (limit) => owner.ready(limit),
    flush: (limit) => owner.flush(limit),
    forceFlush: (limit) => owner.forceFlush(limit),
    shutdown: (limit) => owner.shutdown(limit),
    ledger: () => owner.ledger(),
    held: () => owner.held(),
  };
}
