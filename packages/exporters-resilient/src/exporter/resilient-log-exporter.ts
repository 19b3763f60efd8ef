import type { LogRecordExporter, ReadableLogRecord, TimeLimit } from '@llm-otel/core';
import { ItemBatch } from '../batch/item-batch.ts';
import { LogsEncoder } from '../encode/logs-encoder.ts';
import { estimateLogBytes } from '../processor/estimate-log-bytes.ts';
import { type ResilientExporterOptions, resolveExporterOptions } from './exporter-options.ts';
import { Exports } from './exports.ts';
import type { ResilientExports } from './resilient-exporter.ts';

/** A log record exporter for OpenTelemetry's own processors. */
export interface ResilientLogExporter extends LogRecordExporter, ResilientExports {
  forceFlush(options?: TimeLimit): Promise<void>;
  shutdown(options?: TimeLimit): Promise<void>;
}

/**
 * Delivers log records as {@link resilientExporter} delivers spans. It does not redact: records pass a redactor before,
 * or hold nothing that has to stay.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function resilientLogExporter(options: ResilientExporterOptions): ResilientLogExporter {
  const resolved = resolveExporterOptions(options);
  const exports = new Exports('logs', resolved);
  const { failures } = exports;
  const encoder = new LogsEncoder();
  const bytesOf = (record: ReadableLogRecord): number =>
    failures.guard('reading a log record', () => estimateLogBytes(record)) ?? 0;
  return {
    export(records, resultCallback) {
      const bytes = records.reduce((sum, record) => sum + bytesOf(record), 0);
      const { maxRequestBytes } = resolved;
      const batch = new ItemBatch('logs', records, bytes, encoder, maxRequestBytes, failures);
      void exports.deliver(batch, resultCallback);
    },
    forceFlush: (limit) => exports.forceFlush(limit),
    shutdown: (limit) => exports.shutdown(limit),
    ledger: () => exports.snapshot(),
  };
}
