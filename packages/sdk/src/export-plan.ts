import type { Sampler, Signal } from '@llm-otel/core';
import {
  type CardinalityLimits,
  type HistogramAggregation,
  type MetricTemporality,
  type MetricView,
  type OtlpSettings,
  telemetryDefaults,
  type TelemetryEnvironment,
} from '@llm-otel/core/setup';
import type { Preset } from './presets.ts';
import type { PrometheusSettings } from './prometheus.ts';
import { type Receiver, receiversNamed } from './receiver.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

/** Where each signal goes, whether options and variables said it or a file. Plain data. */
export interface ExportPlan {
  readonly traces: readonly Receiver[];
  /** Absent: metrics are off. */
  readonly metrics?: MetricsPlan | undefined;
  /** Absent: log records go nowhere. */
  readonly logs?: readonly Receiver[] | undefined;
  /** What decides as a span starts; absent: what options, variables and preset say. */
  readonly sampler?: Sampler | undefined;
}

export interface MetricsPlan {
  /** Whether somebody asked for them. As a default they are left out where their SDK is not installed. */
  readonly asked: boolean;
  readonly periodic: readonly PeriodicPlan[];
  readonly prometheus: readonly PrometheusSettings[];
  readonly views: readonly MetricView[];
}

/** Receivers that get the metrics of one collection. */
export interface PeriodicPlan {
  readonly receivers: readonly Receiver[];
  readonly exportIntervalMillis?: number | undefined;
  readonly exportTimeoutMillis?: number | undefined;
  readonly temporality: MetricTemporality;
  readonly histogramAggregation?: HistogramAggregation | undefined;
  readonly cardinalityLimits?: CardinalityLimits | undefined;
}

/** A receiver of OTLP, and what is sent to it. */
export interface SignalReceiver extends OtlpSettings {
  readonly signal: Signal;
}

/** Where signals go by OTLP: spans first. */
export function otlpReceivers({ traces, metrics, logs = [] }: ExportPlan): SignalReceiver[] {
  const of = (signal: Signal, receivers: readonly Receiver[]): SignalReceiver[] =>
    receivers.flatMap((receiver) =>
      receiver.kind === 'otlp' ? [{ ...receiver.settings, signal }] : [],
    );
  const periodic = metrics?.periodic.flatMap(({ receivers }) => receivers) ?? [];
  return [...of('traces', traces), ...of('metrics', periodic), ...of('logs', logs)];
}

/** The plan that options, variables and preset make. */
export function exportPlan(
  options: TelemetryOptions,
  environment: TelemetryEnvironment,
  preset: Preset,
): ExportPlan {
  const named = (names: readonly string[], signal: 'traces' | 'logs'): Receiver[] =>
    names.includes('none') ? [] : receiversNamed(signal, names, environment, options);
  const byDefault = (own: string | undefined): boolean =>
    preset.exportsByDefault || (options.endpoint ?? own ?? environment.otlpEndpoint) !== undefined;
  const traces =
    environment.tracesExporters ??
    (byDefault(environment.otlpTracesEndpoint) ? telemetryDefaults.tracesExporters : ['none']);
  const logs = environment.logsExporters ?? (options.logs === true ? ['otlp'] : ['none']);
  return {
    // Not asked for where the option stands in their place: a variable of theirs may not fit.
    traces: options.destinations === undefined ? named(traces, 'traces') : [],
    metrics: metricsPlan(options, environment, byDefault(environment.otlpMetricsEndpoint)),
    logs: options.logs === false || logs.includes('none') ? undefined : named(logs, 'logs'),
  };
}

function metricsPlan(
  options: TelemetryOptions,
  environment: TelemetryEnvironment,
  byDefault: boolean,
): MetricsPlan | undefined {
  const { metrics: option } = options;
  if (option === false) return undefined;
  const { metricsExporters: variable } = environment;
  const wanted = variable === undefined ? byDefault : !variable.includes('none');
  if (option === undefined && !wanted) return undefined;
  const names = variable ?? telemetryDefaults.metricsExporters;
  const receivers =
    option?.exporter === undefined ? receiversNamed('metrics', names, environment, options) : [];
  const times = {
    exportIntervalMillis: environment.metricExportIntervalMillis,
    exportTimeoutMillis: environment.metricExportTimeoutMillis,
    histogramAggregation: environment.histogramAggregation,
    temporality: environment.metricTemporality ?? telemetryDefaults.metricTemporality,
  };
  return {
    asked: option !== undefined || variable !== undefined,
    periodic:
      receivers.length === 0 && option?.exporter === undefined ? [] : [{ receivers, ...times }],
    prometheus: names.includes('prometheus')
      ? [{ host: environment.prometheusHost, port: environment.prometheusPort }]
      : [],
    views: [],
  };
}
