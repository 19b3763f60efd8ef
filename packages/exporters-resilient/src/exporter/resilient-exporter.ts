import type { LedgerSnapshot, ReadableSpan, SpanExporter, TimeLimit } from '@llm-otel/core';
import { TraceEncoder } from '../encode/trace-encoder.ts';
import { estimateSpanBytes } from '../processor/estimate-span-bytes.ts';
import { SpanBatch } from '../span-batch.ts';
import { type ResilientExporterOptions, resolveExporterOptions } from './exporter-options.ts';
import { Exports } from './exports.ts';

/** What every exporter of this package can do besides exporting. */
export interface ResilientExports {
  /** Where every item is now. */
  ledger(): LedgerSnapshot;
  /** Resolves when nothing is in flight, or after `exportTimeoutMillis`. Never rejects. */
  forceFlush(options?: TimeLimit): Promise<void>;
  /** Delivers for at most `shutdownTimeoutMillis`; what is left is dropped (`shutdown_timeout`). Never rejects. */
  shutdown(options?: TimeLimit): Promise<void>;
}

/** A span exporter for OpenTelemetry's own processors. */
export interface ResilientExporter extends SpanExporter, ResilientExports {
  forceFlush(options?: TimeLimit): Promise<void>;
  shutdown(options?: TimeLimit): Promise<void>;
}

/**
 * The same delivery behind OpenTelemetry's own span processors. `export` reports success when the spans are
 * delivered, or as soon as the retries have taken over: a processor that waited for a receiver to come back would
 * drop what ends meanwhile. Its `forceFlush` therefore covers a healthy receiver; ours covers every case.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function resilientExporter(options: ResilientExporterOptions): ResilientExporter {
  const resolved = resolveExporterOptions(options);
  const exports = new Exports('traces', resolved);
  const { failures } = exports;
  const encoder = new TraceEncoder();
  const bytesOf = (span: ReadableSpan): number =>
    failures.guard('reading a span', () => estimateSpanBytes(span)) ?? 0;
  return {
    export(spans, resultCallback) {
      const bytes = spans.reduce((sum, span) => sum + bytesOf(span), 0);
      const batch = new SpanBatch(spans, bytes, encoder, resolved.maxRequestBytes, failures);
      void exports.deliver(batch, resultCallback);
    },
    forceFlush: (limit) => exports.forceFlush(limit),
    shutdown: (limit) => exports.shutdown(limit),
    ledger: () => exports.snapshot(),
  };
}
