import {
  type Clock,
  FailureLog,
  Ledger,
  type LedgerSnapshot,
  type ReadableSpan,
  type SpanExporter,
  systemClock,
  withTimeout,
} from '@llm-otel/core';
import type { BufferOptions } from './delivery/buffer-options.ts';
import type { RetryOptions } from './delivery/retry-options.ts';
import type { Destination } from './destination.ts';
import { DestinationSet } from './destination-set.ts';
import { TraceEncoder } from './encode/trace-encoder.ts';
import { keepProcessAlive } from './keep-process-alive.ts';
import { numberOption } from './options.ts';
import { estimateSpanBytes } from './processor/estimate-span-bytes.ts';
import { SpanBatch } from './span-batch.ts';
import type { Spool } from './spool/spool.ts';

/** See {@link ResilientSpanProcessorOptions}: the same names mean the same. */
export interface ResilientExporterOptions {
  readonly destinations: readonly Destination[];
  readonly retry?: RetryOptions | undefined;
  readonly buffer?: BufferOptions | undefined;
  readonly spool?: Spool | undefined;
  /** @defaultValue 4194304 (4 MiB) */
  readonly maxRequestBytes?: number | undefined;
  /** @defaultValue 30000 */
  readonly exportTimeoutMillis?: number | undefined;
  /** @defaultValue 5000 */
  readonly shutdownTimeoutMillis?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

/** A span exporter for OpenTelemetry's own processors. */
export interface ResilientExporter extends SpanExporter {
  ledger(): LedgerSnapshot;
  /** Resolves when nothing is in flight, or after `exportTimeoutMillis`. Never rejects. */
  forceFlush(): Promise<void>;
  /** Delivers for at most `shutdownTimeoutMillis`; what is left is spooled, or dropped (`shutdown_timeout`). Never rejects. */
  shutdown(): Promise<void>;
}

// The batch processor of OpenTelemetry exports one batch at a time and gives up on it after 30 seconds.
const ACKNOWLEDGE_AFTER_MILLIS = 1000;

/**
 * The same delivery behind OpenTelemetry's own span processors. `export` reports success when the spans are
 * delivered, or as soon as the retries have taken over: a processor that waited for a receiver to come back would
 * drop what ends meanwhile. Its `forceFlush` therefore covers a healthy receiver; ours covers every case.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function resilientExporter(options: ResilientExporterOptions): ResilientExporter {
  const clock = options.clock ?? systemClock;
  const ledger = new Ledger('traces');
  const failures = new FailureLog();
  const encoder = new TraceEncoder();
  const maxRequestBytes = numberOption(
    'maxRequestBytes',
    options.maxRequestBytes,
    4 * 1024 * 1024,
    { min: 1 },
  );
  const exportTimeoutMillis = numberOption(
    'exportTimeoutMillis',
    options.exportTimeoutMillis,
    30_000,
  );
  const shutdownTimeoutMillis = numberOption(
    'shutdownTimeoutMillis',
    options.shutdownTimeoutMillis,
    5000,
  );
  const spool = options.spool?.open({ clock, failures });
  const destinations = new DestinationSet({
    destinations: options.destinations,
    ledger,
    retry: options.retry,
    buffer: options.buffer,
    clock,
    random: options.random ?? Math.random,
    failures,
    spool,
  });
  let shuttingDown: Promise<void> | undefined;
  let closed = false;

  const deliver = async (spans: readonly ReadableSpan[]): Promise<Error | undefined> => {
    ledger.ended(spans.length);
    if (closed) {
      ledger.dropped('already_shutdown', spans.length);
      return new Error('the exporter is shut down');
    }
    const bytes = spans.reduce(
      (sum, span) => sum + (failures.guard('reading a span', () => estimateSpanBytes(span)) ?? 0),
      0,
    );
    const batch = new SpanBatch(spans, bytes, encoder, maxRequestBytes, failures);
    if (!destinations.hand(batch) && spans.length > 0)
      return new Error('no destination has room for the batch');
    await withTimeout(destinations.idleOrTroubled(), ACKNOWLEDGE_AFTER_MILLIS, clock);
    return undefined;
  };

  const shutDown = async (): Promise<void> => {
    const deadline = clock.monotonicMillis() + shutdownTimeoutMillis;
    const left = (): number => Math.max(deadline - clock.monotonicMillis(), 0);
    destinations.hurry();
    await withTimeout(destinations.forceFlush(), left(), clock);
    closed = true;
    await withTimeout(destinations.close('shutdown_timeout'), left(), clock);
    spool?.close();
  };

  return {
    export(spans, resultCallback) {
      deliver(spans)
        .then((error) => resultCallback(error === undefined ? { code: 0 } : { code: 1, error }))
        .catch((error: unknown) => failures.report('the callback of an export', error));
    },
    async forceFlush() {
      await keepProcessAlive(withTimeout(destinations.forceFlush(), exportTimeoutMillis, clock));
    },
    shutdown() {
      shuttingDown ??= keepProcessAlive(shutDown());
      return shuttingDown;
    },
    ledger: () => ledger.snapshot(),
  };
}
