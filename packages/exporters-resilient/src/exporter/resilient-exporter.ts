import type { LedgerSnapshot, ReadableSpan, SpanExporter, TimeLimit } from '@llm-otel/core';
import { spanBatches } from '../batch/batch-source.ts';
import type { FlushResult, HeldItems } from '../flush-result.ts';
import { estimateSpanBytes } from '../processor/estimate-span-bytes.ts';
import { ItemPipeline } from '../processor/item-pipeline.ts';
import { defaultPriority } from '../processor/span-priority.ts';
import { type QueuedExporterOptions, resolveQueuedOptions } from './exporter-options.ts';
import { ItemExporter } from './item-exporter.ts';

/** What every exporter of this package can do besides exporting. */
export interface ResilientExports {
  /** Where every item is now. */
  ledger(): LedgerSnapshot;
  /** What is not delivered yet: on disk, and in memory only. As `flush` answers it, without a flush. */
  held(): HeldItems;
  /** Flushes as `forceFlush` does, and tells how it went. Never rejects. */
  flush(options?: TimeLimit): Promise<FlushResult>;
  /**
   * Resolves when everything is delivered, spooled, rejected or dropped, or after `exportTimeoutMillis`, where no limit is given after
   * `shutdownTimeoutMillis` while a receiver is in trouble; with a spool what is left by then is spooled. Never rejects.
   */
  forceFlush(options?: TimeLimit): Promise<void>;
  /**
   * Delivers for at most `shutdownTimeoutMillis`; what is left is spooled, without a spool dropped (`shutdown_timeout`).
   * Never rejects.
   */
  shutdown(options?: TimeLimit): Promise<void>;
}

/** An exporter with a queue. */
export interface QueuedExports extends ResilientExports {
  /** For callers that can wait: as the processors' `ready`. @defaultValue 25000 ms */
  ready(options?: TimeLimit): Promise<boolean>;
}

/** A span exporter for OpenTelemetry's own processors. */
export interface ResilientExporter extends SpanExporter, QueuedExports {
  forceFlush(options?: TimeLimit): Promise<void>;
  shutdown(options?: TimeLimit): Promise<void>;
}

/**
 * The same queue and the same delivery behind OpenTelemetry's own span processors. `export` reports success when the spans are
 * delivered, or as soon as the retries have taken over or more batches are to come: a processor that waited would drop what
 * ends meanwhile, and only it knows what. Its `forceFlush` therefore covers a healthy receiver; `flush` of the exporter covers
 * every case.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function resilientExporter(options: QueuedExporterOptions): ResilientExporter {
  const resolved = resolveQueuedOptions(options);
  const pipeline = new ItemPipeline<ReadableSpan>({
    ...resolved,
    signal: 'traces',
    itemName: 'span',
    priorityOf: defaultPriority,
    batchesOf: (failures) => spanBatches({ maxRequestBytes: resolved.maxRequestBytes, failures }),
  });
  const exporter = new ItemExporter(pipeline, resolved, estimateSpanBytes);
  return {
    export: (spans, resultCallback) => exporter.export(spans, resultCallback),
    ready: (limit) => exporter.ready(limit),
    flush: (limit) => exporter.flush(limit),
    forceFlush: (limit) => exporter.forceFlush(limit),
    shutdown: (limit) => exporter.shutdown(limit),
    ledger: () => exporter.snapshot(),
    held: () => exporter.held(),
  };
}
