import type { ExportResult, TimeLimit } from '@llm-otel/core';
import { MetricBatch } from '../batch/metric-batch.ts';
import { MetricsEncoder } from '../encode/metrics-encoder.ts';
import type { ResourceMetrics } from '../metrics/metric-types.ts';
import { type TemporalityPreference, temporalityOf } from '../metrics/temporality.ts';
import { knownOptions } from '../known-options.ts';
import { oneOfOption } from '../options.ts';
import {
  exporterKeys,
  type ResilientExporterOptions,
  resolveExporterOptions,
} from './exporter-options.ts';
import { Exports } from './exports.ts';
import type { ResilientExports } from './resilient-exporter.ts';

export interface ResilientMetricExporterOptions extends ResilientExporterOptions {
  /** @defaultValue `cumulative`, as in the OTLP metrics exporter specification */
  readonly temporality?: TemporalityPreference | undefined;
}

/** Fits PushMetricExporter of `@opentelemetry/sdk-metrics`. Its ledger counts data points. */
export interface ResilientMetricExporter extends ResilientExports {
  export(metrics: ResourceMetrics, resultCallback: (result: ExportResult) => void): void;
  selectAggregationTemporality(instrumentType: string): 0 | 1;
}

/**
 * Delivers metrics as {@link resilientExporter} delivers spans. A collection that was taken counts as exported for
 * the reader; whether it arrived is in the ledger.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function resilientMetricExporter(
  options: ResilientMetricExporterOptions,
): ResilientMetricExporter {
  knownOptions(options, { ...exporterKeys, temporality: true });
  const { temporality = 'cumulative', ...others } = options;
  oneOfOption('temporality', temporality, ['cumulative', 'delta', 'lowmemory']);
  const resolved = resolveExporterOptions(others);
  const exports = new Exports('metrics', resolved);
  const encoder = new MetricsEncoder();
  return {
    export(metrics, resultCallback) {
      const error = exports.hand(new MetricBatch(metrics, encoder, resolved.maxRequestBytes));
      exports.answer(error, resultCallback);
    },
    selectAggregationTemporality: (instrumentType) => temporalityOf(temporality, instrumentType),
    flush: (limit: TimeLimit | undefined) => exports.flush(limit),
    forceFlush: (limit: TimeLimit | undefined) => exports.forceFlush(limit),
    shutdown: (limit: TimeLimit | undefined) => exports.shutdown(limit),
    ledger: () => exports.snapshot(),
    held: () => exports.held(),
  };
}
