import type { ExportResult, ReadableSpan, SpanExporter } from '@llm-otel/core';
import { type BufferOptions, resolveBuffer } from './delivery/buffer-options.ts';
import { Delivery } from './delivery/delivery.ts';
import { resolveRetry, type RetryOptions } from './delivery/retry-options.ts';
import type { Outcome, Payload, Sender } from './delivery/sender.ts';
import type { Destination, OpenDestination } from './destination.ts';
import { numberOption } from './options.ts';

export interface ExporterDestinationOptions {
  /**
   * Tries a failed batch again. A receiver may then get spans twice, since the exporter does not say how far it came.
   * @defaultValue absent: a failed batch is counted as rejected (`export_failed`), as the specification says
   */
  readonly retry?: RetryOptions | undefined;
  readonly buffer?: BufferOptions | undefined;
  /**
   * Longest time one export may take, in milliseconds.
   * @defaultValue 30000
   */
  readonly timeoutMillis?: number | undefined;
}

interface SpanPayload extends Payload {
  readonly spans: ReadableSpan[];
}

/**
 * Any span exporter as a destination: a vendor's, or OpenTelemetry's own. It gets one batch at a time.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function exporterDestination(
  name: string,
  exporter: SpanExporter,
  options: ExporterDestinationOptions = {},
): Destination {
  const retry = resolveRetry(options.retry);
  const buffer = options.buffer;
  resolveBuffer(buffer);
  const attemptTimeoutMillis = numberOption('timeoutMillis', options.timeoutMillis, 30_000, {
    min: 1,
  });
  const sender: Sender<SpanPayload> = {
    async send({ spans }, signal): Promise<Outcome> {
      const result = await exported(exporter, spans, signal);
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
        accept: ({ spans, byteEstimate }) =>
          delivery.accept({
            spans: [...spans],
            items: spans.length,
            byteLength: byteEstimate,
          }),
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
  exporter: SpanExporter,
  spans: ReadableSpan[],
  signal: AbortSignal,
): Promise<ExportResult> {
  return new Promise((resolve) => {
    try {
      exporter.export(spans, resolve);
    } catch (error) {
      resolve({ code: 1, error: error instanceof Error ? error : new Error(String(error)) });
    }
    // An exporter that never calls back must not hold the promise for ever.
    signal.addEventListener('abort', () => resolve({ code: 1 }), { once: true });
  });
}
