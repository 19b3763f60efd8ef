import type { LedgerSnapshot } from '@llm-otel/core';
import {
  type MetricOptions,
  metricsAvailable,
  otlpSettings,
  telemetryDefaults,
  type TelemetryEnvironment,
} from '@llm-otel/core/setup';
import { otlpMetricExporter, type Transport } from '@llm-otel/exporters-resilient';
import { diag } from '@opentelemetry/api';
import type { Preset } from './presets.ts';
import { sdkModules } from './sdk-modules.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

export interface MetricsChoice {
  readonly options: MetricOptions;
  /** Of our own exporter. */
  readonly ledger: (() => LedgerSnapshot) | undefined;
}

/** How metrics are exported, or `undefined` where they are off or the metrics SDK is not installed. */
export async function chooseMetrics(
  options: TelemetryOptions,
  environment: TelemetryEnvironment,
  preset: Preset,
  transport: Transport,
): Promise<MetricsChoice | undefined> {
  if (options.metrics === false) return undefined;
  const asked = options.metrics;
  if (asked === undefined) {
    const receiver =
      options.endpoint ?? environment.otlpMetricsEndpoint ?? environment.otlpEndpoint;
    const wanted =
      environment.metricsExporters === undefined
        ? preset.exportsByDefault || receiver !== undefined
        : !environment.metricsExporters.includes('none');
    if (!wanted) return undefined;
    if (!(await metricsAvailable(sdkModules))) {
      // Asked for by name, it would be an error; as a default it is only a hint.
      diag.info(
        'llm-otel: no metrics without @opentelemetry/sdk-metrics: run npm install @opentelemetry/sdk-metrics',
      );
      return undefined;
    }
  }

  const intervals = {
    exportIntervalMillis: asked?.exportIntervalMillis ?? environment.metricExportIntervalMillis,
    exportTimeoutMillis: environment.metricExportTimeoutMillis,
  };
  if (asked?.exporter !== undefined) {
    return { options: { exporter: asked.exporter, ...intervals }, ledger: undefined };
  }
  const exporter = otlpMetricExporter({
    ...otlpSettings('metrics', environment, options),
    temporality: environment.metricTemporality ?? telemetryDefaults.metricTemporality,
    transport,
    clock: options.clock,
  });
  return { options: { exporter, ...intervals }, ledger: () => exporter.ledger() };
}
