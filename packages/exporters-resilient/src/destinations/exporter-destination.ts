import {
  type ExportResult,
  InvalidOptionError,
  type LogRecordExporter,
  type MetricExporter,
  type OptionKeys,
  type SpanExporter,
} from '@llm-otel/core';
import { type BreakerOptions, resolveBreaker } from '../delivery/breaker-options.ts';
import { type BufferOptions, resolveBuffer } from '../delivery/buffer-options.ts';
import { Delivery } from '../delivery/delivery.ts';
import { resolveRetry, type RetryOptions } from '../delivery/retry-options.ts';
import type { Outcome, Sender } from '../delivery/sender.ts';
import type { Destination, DestinationTools, OpenDestination } from '../destination.ts';
import { knownOptions } from '../known-options.ts';
import { methodsOption, numberOption } from '../options.ts';
import { checkName } from '../owner-options.ts';
import type { RequestPayload } from '../otlp/request-payload.ts';
import { requestCodec } from '../otlp/request-codec.ts';
import type { PayloadCodec } from '../spool/spool.ts';
import { ExporterPayload } from './exporter-payload.ts';

export interface ExporterDestinationOptions {
  /**
   * Tries a failed batch again. A receiver may then get spans twice, since the exporter does not say how far it came.
   * @defaultValue absent: a failed batch is counted as rejected (`export_failed`), as the specification says; behind a
   * spool it goes there and is tried again from there, in a chain it goes to the next destination
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

const known: OptionKeys<ExporterDestinationOptions> = {
  retry: true,
  breaker: true,
  buffer: true,
  timeoutMillis: true,
};

/** An exporter for spans, for log records or for metrics: a vendor's, or OpenTelemetry's own. */
export type AnyExporter = SpanExporter | LogRecordExporter | MetricExporter;

/**
 * Any exporter as a destination of its signal, with a buffer, retries, a breaker, a ledger and, where the owner has one, the
 * spool. It gets one batch at a time: the objects of the SDK, or after the spool or another destination of a chain the same read
 * back from OTLP.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function exporterDestination(
  name: string,
  exporter: AnyExporter,
  options: ExporterDestinationOptions = {},
): Destination {
  checkName(name);
  const use = 'an exporter of OpenTelemetry: an object with export() and shutdown()';
  if ((exporter as AnyExporter | undefined) === undefined)
    throw new InvalidOptionError({ option: 'exporter', value: undefined, use });
  methodsOption('exporter', exporter, ['export', 'shutdown'], use);
  knownOptions(options, known);
  const retry = resolveRetry(options.retry);
  const breaker = resolveBreaker(options.breaker);
  const buffer = options.buffer;
  resolveBuffer(buffer);
  const attemptTimeoutMillis = numberOption('timeoutMillis', options.timeoutMillis, 30_000, {
    min: 1,
  });
  return {
    name,
    open(tools): OpenDestination {
      const { ledger, clock, random, failures, signal } = tools;
      const backlog = tools.backlog?.(exporterCodec(requestCodec(signal)));
      // Without a spool and a next destination there is nowhere a failed batch could go.
      const isFinal =
        options.retry === undefined && backlog === undefined && tools.takeOver === undefined;
      const delivery = new Delivery<ExporterPayload>({
        name,
        sender: exporterSender(exporter, isFinal),
        ledger,
        retry: options.retry === undefined ? { ...retry, maxElapsedMillis: 0 } : retry,
        breaker,
        buffer: resolveBuffer(buffer ?? tools.buffer),
        backlog,
        takeOver: handingOn(tools),
        whenFull: tools.whenFull,
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
      let shutDown: Promise<void> | undefined;
      const close = (reason: string): Promise<void> => {
        delivery.close(reason);
        return (shutDown ??= quietly('shutdown', () => exporter.shutdown()));
      };
      return {
        accept(batch) {
          const { objects } = batch;
          if (objects !== undefined && backlog === undefined)
            return delivery.accept(ExporterPayload.ofObjects(batch, objects));
          const encoded = failures.guard('encoding a batch', () => batch.otlpRequests());
          const { requests = [], unreadable = batch.items } = encoded ?? {};
          if (unreadable > 0) ledger.dropped('encode_failed', unreadable);
          const whole = requests.length === 1 && unreadable === 0 ? objects : undefined;
          let taken = false;
          for (const request of requests)
            taken = delivery.accept(ExporterPayload.ofRequest(request, whole)) || taken;
          return taken;
        },
        isAvailable: () => delivery.isAvailable,
        isAtEase: () => delivery.isAtEase,
        async forceFlush() {
          await delivery.idle();
          await quietly('forceFlush', () => exporter.forceFlush?.());
        },
        idleOrTroubled: () => delivery.idleOrTroubled(),
        hurry: (deadline) => delivery.hurry(deadline),
        drained: () => delivery.drained(),
        finish: () => delivery.finish(),
        secure: () => delivery.secure(),
        storedItems: () => delivery.storedItems,
        close,
        // An exporter that is at work on the spot, a console or a file, gets its chance as well.
        exiting: (reason) => void close(reason),
      };
    },
  };
}

/** Only payloads that have a request get into the spool. */
function exporterCodec(requests: PayloadCodec<RequestPayload>): PayloadCodec<ExporterPayload> {
  return {
    encode(payload) {
      const { request } = payload.asRequest();
      if (request === undefined) throw new Error('a batch for an exporter has nothing to store');
      return requests.encode(request);
    },
    decode(stored) {
      const request = requests.decode(stored);
      return request && ExporterPayload.ofRequest(request);
    },
  };
}

function handingOn({ takeOver, ledger }: DestinationTools) {
  if (takeOver === undefined) return undefined;
  return (payload: ExporterPayload, reason: string): boolean => {
    const { request, unreadable } = payload.asRequest();
    if (unreadable > 0) ledger.dropped('encode_failed', unreadable);
    return request === undefined || takeOver(request, reason);
  };
}

function exporterSender(exporter: AnyExporter, isFinal: boolean): Sender<ExporterPayload> {
  return {
    async send(payload, signal): Promise<Outcome> {
      const calls = payload.calls();
      if (calls === undefined) return { kind: 'refused', reason: 'undecodable' };
      for (const call of calls) {
        const result = await exported(exporter, call, signal);
        if (result.code === 0) continue;
        const message = result.error?.message ?? '';
        return isFinal
          ? { kind: 'refused', reason: 'export_failed', message }
          : { kind: 'retry', reason: 'export_failed' };
      }
      return { kind: 'delivered' };
    },
  };
}

function exported(
  exporter: AnyExporter,
  objects: unknown,
  signal: AbortSignal,
): Promise<ExportResult> {
  return new Promise((resolve) => {
    const failed = (error: unknown): void =>
      resolve({ code: 1, error: error instanceof Error ? error : new Error(String(error)) });
    try {
      // Which signal it is for cannot be seen at run time: whoever names it as a destination knows.
      const answer: unknown = (exporter as MetricExporter).export(objects, resolve);
      // One that is async may reject instead of calling back, and nobody else would hear of it.
      if (answer instanceof Promise) answer.catch(failed);
    } catch (error) {
      failed(error);
    }
    // An exporter that never calls back must not hold the promise for ever.
    signal.addEventListener('abort', () => resolve({ code: 1 }), { once: true });
  });
}
