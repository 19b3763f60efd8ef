import type { Clock, OptionKeys } from '@llm-otel/core';
import {
  type ResilientMetricExporter,
  resilientMetricExporter,
} from '../exporter/resilient-metric-exporter.ts';
import { knownOptions } from '../known-options.ts';
import { otlpDestination } from '../otlp/otlp-destination.ts';
import type { Spool } from '../spool/spool.ts';
import { otlpKeys, type OtlpOptions } from '../otlp/otlp-options.ts';
import type { TemporalityPreference } from './temporality.ts';

export interface OtlpMetricExporterOptions extends OtlpOptions {
  /** @defaultValue `cumulative`, as in the OTLP metrics exporter specification */
  readonly temporality?: TemporalityPreference | undefined;
  /** As for spans; the same folder will do. */
  readonly spool?: Spool | undefined;
  /** @defaultValue 25000: the providers of OpenTelemetry give a flush up, and reject, after 30000 */
  readonly exportTimeoutMillis?: number | undefined;
  /** @defaultValue 5000 */
  readonly shutdownTimeoutMillis?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

const known: OptionKeys<OtlpMetricExporterOptions> = {
  ...otlpKeys,
  temporality: true,
  spool: true,
  exportTimeoutMillis: true,
  shutdownTimeoutMillis: true,
  clock: true,
  random: true,
};

/**
 * {@link resilientMetricExporter} with one OTLP destination.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function otlpMetricExporter(options: OtlpMetricExporterOptions): ResilientMetricExporter {
  knownOptions(options, known);
  const { temporality, spool, exportTimeoutMillis, shutdownTimeoutMillis, clock, random, ...otlp } =
    options;
  return resilientMetricExporter({
    destinations: [otlpDestination(otlp)],
    temporality,
    spool,
    exportTimeoutMillis,
    shutdownTimeoutMillis,
    clock,
    random,
  });
}
