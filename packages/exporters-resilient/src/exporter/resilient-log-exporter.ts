import type { LogRecordExporter, ReadableLogRecord, TimeLimit } from '@llm-otel/core';
import { logBatches } from '../batch/batch-source.ts';
import { estimateLogBytes } from '../processor/estimate-log-bytes.ts';
import { ItemPipeline } from '../processor/item-pipeline.ts';
import { logPriority } from '../processor/span-priority.ts';
import { type QueuedExporterOptions, resolveQueuedOptions } from './exporter-options.ts';
import { ItemExporter } from './item-exporter.ts';
import type { QueuedExports } from './resilient-exporter.ts';

/** A log record exporter for OpenTelemetry's own processors. */
export interface ResilientLogExporter extends LogRecordExporter, QueuedExports {
  forceFlush(options?: TimeLimit): Promise<void>;
  shutdown(options?: TimeLimit): Promise<void>;
}

/**
 * Delivers log records as {@link resilientExporter} delivers spans. It does not redact: records pass a redactor before,
 * or hold nothing that has to stay.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function resilientLogExporter(options: QueuedExporterOptions): ResilientLogExporter {
  const resolved = resolveQueuedOptions(options);
  const pipeline = new ItemPipeline<ReadableLogRecord>({
    ...resolved,
    signal: 'logs',
    itemName: 'log record',
    priorityOf: logPriority,
    batchesOf: (failures) => logBatches({ maxRequestBytes: resolved.maxRequestBytes, failures }),
  });
  const exporter = new ItemExporter(pipeline, resolved, estimateLogBytes);
  return {
    export: (records, resultCallback) => exporter.export(records, resultCallback),
    ready: (limit) => exporter.ready(limit),
    flush: (limit) => exporter.flush(limit),
    forceFlush: (limit) => exporter.forceFlush(limit),
    shutdown: (limit) => exporter.shutdown(limit),
    ledger: () => exporter.snapshot(),
    held: () => exporter.held(),
  };
}
