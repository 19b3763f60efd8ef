import {
  type Clock,
  type ExportResult,
  FailureLog,
  InvalidOptionError,
  Ledger,
  type LedgerSnapshot,
  systemClock,
  type TimeLimit,
  withTimeout,
} from '@llm-otel/core';
import { resolveBuffer } from '../delivery/buffer-options.ts';
import { Delivery } from '../delivery/delivery.ts';
import { resolveRetry } from '../delivery/retry-options.ts';
import { MetricsEncoder } from '../encode/metrics-encoder.ts';
import { keepProcessAlive } from '../keep-process-alive.ts';
import { numberOption } from '../options.ts';
import { failureHint, printableAddress } from '../otlp/failure-hint.ts';
import { type OtlpOptions, resolveOtlp } from '../otlp/otlp-options.ts';
import { OtlpSender } from '../otlp/otlp-sender.ts';
import { requestCodec } from '../otlp/request-codec.ts';
import { RequestPayload } from '../otlp/request-payload.ts';
import type { Spool } from '../spool/spool.ts';
import { countDataPoints, type ResourceMetrics } from './metric-types.ts';
import { type TemporalityPreference, temporalityOf } from './temporality.ts';

export interface OtlpMetricExporterOptions extends OtlpOptions {
  /** @defaultValue `cumulative`, as in the OTLP metrics exporter specification */
  readonly temporality?: TemporalityPreference | undefined;
  /** As for spans; the same folder will do. */
  readonly spool?: Spool | undefined;
  /** @defaultValue 30000 */
  readonly exportTimeoutMillis?: number | undefined;
  /** @defaultValue 5000 */
  readonly shutdownTimeoutMillis?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

/** Fits PushMetricExporter of `@opentelemetry/sdk-metrics`, for its PeriodicExportingMetricReader. */
export interface OtlpMetricExporter {
  export(metrics: ResourceMetrics, resultCallback: (result: ExportResult) => void): void;
  forceFlush(options?: TimeLimit): Promise<void>;
  selectAggregationTemporality(instrumentType: string): 0 | 1;
  shutdown(options?: TimeLimit): Promise<void>;
  /** Counts data points. */
  ledger(): LedgerSnapshot;
}

/**
 * Sends metrics by OTLP with the retries, the bounds and the ledger of the span destinations. A collection that was
 * taken counts as exported for the reader; whether it arrived is in the ledger.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function otlpMetricExporter(options: OtlpMetricExporterOptions): OtlpMetricExporter {
  const { name, url, headers, compression, timeoutMillis, concurrency, transport } =
    resolveOtlp(options);
  const { temporality = 'cumulative', clock = systemClock } = options;
  if (!['cumulative', 'delta', 'lowmemory'].includes(temporality))
    throw new InvalidOptionError({
      option: 'temporality',
      value: temporality,
      use: 'cumulative, delta or lowmemory',
    });
  const waits = {
    flush: numberOption('exportTimeoutMillis', options.exportTimeoutMillis, 30_000),
    shutdown: numberOption('shutdownTimeoutMillis', options.shutdownTimeoutMillis, 5000),
  };
  const ledger = new Ledger('metrics');
  const failures = new FailureLog();
  const encoder = new MetricsEncoder();
  const account = ledger.destination(name);
  const spool = options.spool?.open({ clock, failures });
  const codec = requestCodec('metrics');
  const delivery = new Delivery({
    name,
    address: printableAddress(url),
    hint: (reason) => failureHint(url, reason, 'metrics'),
    sender: new OtlpSender({ url, headers, compression, transport, clock }),
    ledger: account,
    retry: resolveRetry(options.retry),
    buffer: resolveBuffer(options.buffer),
    backlog: spool?.backlog({ destination: name, signal: 'metrics', ledger: account, codec }),
    concurrency,
    attemptTimeoutMillis: timeoutMillis,
    clock,
    random: options.random ?? Math.random,
    failures,
  });
  let shuttingDown: Promise<void> | undefined;
  let closed = false;

  const take = (metrics: ResourceMetrics): ExportResult => {
    const items = countDataPoints(metrics);
    ledger.ended(items);
    const refuse = (reason: string): ExportResult => {
      ledger.dropped(reason, items);
      return { code: 1, error: new Error(`metrics not exported: ${reason}`) };
    };
    if (closed) return refuse('already_shutdown');
    const body = failures.guard('encoding metrics', () => encoder.encodeCopy(metrics));
    if (body === undefined) return refuse('encode_failed');
    if (items === 0) return { code: 0 };
    ledger.handed(items);
    return delivery.accept(RequestPayload.owned('metrics', { items, body }))
      ? { code: 0 }
      : { code: 1, error: new Error('metrics not exported: buffer_full') };
  };

  return {
    export(metrics, resultCallback) {
      const result = take(metrics);
      failures.guard('the callback of an export', () => resultCallback(result));
    },
    async forceFlush({ timeoutMillis = waits.flush } = {}) {
      await keepProcessAlive(withTimeout(delivery.idle(), timeoutMillis, clock));
    },
    selectAggregationTemporality: (instrumentType) => temporalityOf(temporality, instrumentType),
    shutdown({ timeoutMillis = waits.shutdown } = {}) {
      shuttingDown ??= keepProcessAlive(
        (async () => {
          delivery.hurry();
          await withTimeout(delivery.idle(), timeoutMillis, clock);
          closed = true;
          delivery.close('shutdown_timeout');
          spool?.close();
          failures.guard('closing connections', () => transport.close?.());
        })(),
      );
      return shuttingDown;
    },
    ledger: () => ledger.snapshot(),
  };
}
