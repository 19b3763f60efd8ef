import { type Clock, FLUSH_TIMEOUT_MILLIS, type OptionKeys, systemClock } from '@llm-otel/core';
import type { BufferOptions } from '../delivery/buffer-options.ts';
import type { RetryOptions } from '../delivery/retry-options.ts';
import type { Destination } from '../destination.ts';
import { knownOptions } from '../known-options.ts';
import { numberOption } from '../options.ts';
import { checkOwner, requestBytesOption } from '../owner-options.ts';
import {
  logQueueKeys,
  type QueueOptions,
  type ResolvedBatching,
  whenFullOption,
} from '../processor/processor-options.ts';
import type { Spool } from '../spool/spool.ts';

/** See {@link ResilientSpanProcessorOptions}: the same names mean the same. */
export interface ResilientExporterOptions {
  readonly destinations: readonly Destination[];
  readonly retry?: RetryOptions | undefined;
  readonly buffer?: BufferOptions | undefined;
  readonly spool?: Spool | undefined;
  /** @defaultValue 4194304 (4 MiB) */
  readonly maxRequestBytes?: number | undefined;
  /** @defaultValue 25000: the providers of OpenTelemetry give a flush up, and reject, after 30000 */
  readonly exportTimeoutMillis?: number | undefined;
  /** @defaultValue 5000 */
  readonly shutdownTimeoutMillis?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

/** Of spans and of log records, which wait for their turn in a queue. */
export interface QueuedExporterOptions extends ResilientExporterOptions {
  /**
   * What was exported and is on its way to the destinations' buffers. A flush of the processor in front hands over all it has at
   * once: as much should fit.
   * @defaultValue 10000 items, 33554432 bytes (32 MiB)
   */
  readonly queue?: Omit<QueueOptions, 'priorityOf'> | undefined;
}

export interface ResolvedExporterOptions {
  readonly destinations: readonly Destination[];
  readonly retry: RetryOptions | undefined;
  readonly buffer: BufferOptions | undefined;
  readonly spool: Spool | undefined;
  readonly maxRequestBytes: number;
  readonly exportTimeoutMillis: number;
  readonly shutdownTimeoutMillis: number;
  readonly clock: Clock;
  readonly random: () => number;
}

/** The names of what exporters of all signals have. */
export const exporterKeys: OptionKeys<ResilientExporterOptions> = {
  destinations: true,
  retry: true,
  buffer: true,
  spool: true,
  maxRequestBytes: true,
  exportTimeoutMillis: true,
  shutdownTimeoutMillis: true,
  clock: true,
  random: true,
};

/** Fills in the defaults. Throws {@link InvalidOptionError}. */
export function resolveExporterOptions(options: ResilientExporterOptions): ResolvedExporterOptions {
  knownOptions(options, exporterKeys);
  checkOwner(options);
  const forever = { infinite: true };
  const { maxRequestBytes, exportTimeoutMillis, shutdownTimeoutMillis } = options;
  return {
    destinations: options.destinations,
    retry: options.retry,
    buffer: options.buffer,
    spool: options.spool,
    maxRequestBytes: requestBytesOption('maxRequestBytes', maxRequestBytes, options.spool),
    exportTimeoutMillis: numberOption(
      'exportTimeoutMillis',
      exportTimeoutMillis,
      FLUSH_TIMEOUT_MILLIS,
      forever,
    ),
    shutdownTimeoutMillis: numberOption(
      'shutdownTimeoutMillis',
      shutdownTimeoutMillis,
      5000,
      forever,
    ),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}

/** The same with a queue, as the way from there to the destinations needs it. */
export function resolveQueuedOptions(
  options: QueuedExporterOptions,
): ResolvedExporterOptions & ResolvedBatching {
  knownOptions(options, { ...exporterKeys, queue: true });
  const { queue = {}, ...others } = options;
  knownOptions(queue, logQueueKeys, 'queue');
  const resolved = resolveExporterOptions(others);
  const queueItems = numberOption('queue.maxItems', queue.maxItems, 10_000, {
    min: 1,
    integer: true,
  });
  return {
    ...resolved,
    queueItems,
    queueBytes: numberOption('queue.maxBytes', queue.maxBytes, 32 * 1024 * 1024, { min: 1 }),
    whenFull: whenFullOption(queue.whenFull, options.spool),
    // The processor in front has made a batch of them, and has waited for it.
    batchItems: queueItems,
    batchBytes: resolved.maxRequestBytes,
    delayMillis: 0,
  };
}
