import type { ExportResult, LogRecordExporter, MetricExporter, SpanExporter } from '@llm-otel/core';
import { type BreakerOptions, resolveBreaker } from '../delivery/breaker-options.ts';
import { type BufferOptions, resolveBuffer } from '../delivery/buffer-options.ts';
import { Delivery } from '../delivery/delivery.ts';
import { resolveRetry, type RetryOptions } from '../delivery/retry-options.ts';
import type { Outcome, Payload, Sender } from '../delivery/sender.ts';
import type { Destination, OpenDestination } from '../destination.ts';
import { numberOption } from '../options.ts';

export interface ExporterDestinationOptions {
  /**
   * Tries a failed batch again. A receiver may then get spans twice, since the exporter does not say how far it came.
   * @defaultValue absent: a failed batch is counted as rejected (`export_failed`), as the specification says
   */
  readonly retry?: RetryOptions | undefined;
  /** Only failures that are tried again count. */
  readonly breaker?: BreakerOptions | undefined;
  readonly buffer?: BufferOptions | undefined;
  /**
   * Longest time one export may take, in milliseconds.
   * @defaultValue 30000
   */
  readonly timeoutMillis?: number | undefined;
}

/** An exporter for spans, for log records or for metrics: a vendor's, or OpenTelemetry's own. */
export type AnyExporter = SpanExporter | LogRecordExporter | MetricExporter;

interface ObjectPayload extends Payload {
  /** What the exporter takes: an array of spans or log records, or one collection of metrics. */
  readonly exported: unknown;
}

/**
 * Any exporter as a destination of its signal, with a buffer, retries, a breaker and a ledger. It gets one batch at a
 * time.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function exporterDestination(
  name: string,
  exporter: AnyExporter,
  options: ExporterDestinationOptions = {},
): Destination {
  const retry = resolveRetry(options.retry);
  const breaker = resolveBreaker(options.breaker);
  const buffer = options.buffer;
  resolveBuffer(buffer);
  const attemptTimeoutMillis = numberOption('timeoutMillis', options.timeoutMillis, 30_000, {
    min: 1,
  });
  const sender: Sender<ObjectPayload> = {
    async send(payload, signal): Promise<Outcome> {
      const result = await exported(exporter, payload.exported, signal);
      if (result.code === 0) return { kind: 'delivered' };
      const message = result.error?.message ?? '';
      return options.retry === undefined
        ? { kind: 'refused', reason: 'export_failed', message }
        : { kind: 'retry', reason: 'export_failed' };
    },
  };
  return {
    name,
    open({ ledger, buffer: sharedBuffer, clock, random, failures }): OpenDestination {
      const delivery = new Delivery({
        name,
        sender,
        ledger,
        retry: options.retry === undefined ? { ...retry, maxElapsedMillis: 0 } : retry,
        breaker,
        buffer: resolveBuffer(buffer ?? sharedBuffer),
        concurrency: 1,
        attemptTimeoutMillis,
        clock,
        random,
        failures,
      });
      const quietly = async (
        what: string,
        work: () => Promise<void> | undefined,
      ): Promise<void> => {
        try {
          await work();
        } catch (error) {
          failures.report(`${what} of the exporter behind ${name}`, error);
        }
      };
      return {
        accept({ signal, objects, items, byteEstimate }) {
          if (objects === undefined) {
            // Encoded by a destination that stands before this one in a chain: there is no way back.
            ledger.dropped('already_encoded', items);
            return false;
          }
          const exportedObjects = signal === 'metrics' ? objects[0] : [...objects];
          return delivery.accept({ exported: exportedObjects, items, byteLength: byteEstimate });
        },
        isAvailable: () => delivery.isAvailable,
        async forceFlush() {
          await delivery.idle();
          await quietly('forceFlush', () => exporter.forceFlush?.());
        },
        idleOrTroubled: () => delivery.idleOrTroubled(),
        hurry: () => delivery.hurry(),
        async close(reason) {
          delivery.close(reason);
          await quietly('shutdown', () => exporter.shutdown());
        },
      };
    },
  };
}

function exported(
  exporter: AnyExporter,
  objects: unknown,
  signal: AbortSignal,
): Promise<ExportResult> {
  return new Promise((resolve) => {
    try {
      // Which signal it is for cannot be seen at run time: whoever names it as a destination knows.
      (exporter as MetricExporter).export(objects, resolve);
    } catch (error) {
      resolve({ code: 1, error: error instanceof Error ? error : new Error(String(error)) });
    }
    // An exporter that never calls back must not hold the promise for ever.
    signal.addEventListener('abort', () => resolve({ code: 1 }), { once: true });
  });
}
