import { type Clock, type OptionKeys, systemClock } from '@llm-otel/core';
import type { BufferOptions } from '../delivery/buffer-options.ts';
import type { RetryOptions } from '../delivery/retry-options.ts';
import type { Destination } from '../destination.ts';
import { knownOptions } from '../known-options.ts';
import { numberOption } from '../options.ts';
import { checkOwner } from '../owner-options.ts';
import type { Spool } from '../spool/spool.ts';

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
    maxRequestBytes: numberOption('maxRequestBytes', maxRequestBytes, 4 * 1024 * 1024, { min: 1 }),
    exportTimeoutMillis: numberOption('exportTimeoutMillis', exportTimeoutMillis, 30_000, forever),
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
