import type { MeterProvider } from '@opentelemetry/api';
import type { FlushablePart } from './flush-and-shutdown.ts';
import { loadPeer } from './load-peer.ts';
import type { MetricExporter } from '../sdk-types.ts';
import { forReader, metricPart } from './metric-part.ts';
import type { SettledResource } from './resource.ts';
import type { SdkMetricsModule, SdkModules } from './sdk-modules.ts';
import { telemetryDefaults } from './telemetry-defaults.ts';

export interface MetricOptions {
  readonly exporter: MetricExporter;
  /** In milliseconds. Environment: `OTEL_METRIC_EXPORT_INTERVAL`. @defaultValue 60000 */
  readonly exportIntervalMillis?: number | undefined;
  /** In milliseconds. Environment: `OTEL_METRIC_EXPORT_TIMEOUT`. @defaultValue 30000, or the interval if shorter */
  readonly exportTimeoutMillis?: number | undefined;
}

// Of each metric: what comes beyond is counted together, under `otel.metric.overflow`.
const MAX_SERIES = 1000;

/** The meter provider, and what is flushed and shut down for it. */
export interface MetricPipeline {
  readonly provider: MeterProvider;
  readonly part: FlushablePart;
}

/**
 * Loads the metrics SDK and returns a function that makes the pipeline.
 * @throws {@link MissingPeerError} when `@opentelemetry/sdk-metrics` is not installed
 */
export async function loadMetrics(
  {
    exporter,
    exportIntervalMillis = telemetryDefaults.metricExportIntervalMillis,
    exportTimeoutMillis = telemetryDefaults.metricExportTimeoutMillis,
  }: MetricOptions,
  modules: SdkModules,
): Promise<(resource: SettledResource) => MetricPipeline> {
  const sdk = await loadSdk(modules);
  return (resource) => {
    const reader = new sdk.PeriodicExportingMetricReader({
      exporter: forReader(exporter),
      exportIntervalMillis,
      // The reader refuses a timeout that is longer than its interval.
      exportTimeoutMillis: Math.min(exportTimeoutMillis, exportIntervalMillis),
      cardinalityLimits: { default: MAX_SERIES },
    });
    const provider = new sdk.MeterProvider({ resource, readers: [reader] });
    return { provider, part: metricPart(provider, exporter) };
  };
}

/** What keeps the metrics SDK from being loaded here: {@link MissingPeerError}, or its own failure. */
export async function metricsObstacle(modules: SdkModules): Promise<Error | undefined> {
  try {
    await loadSdk(modules);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function loadSdk({ metrics }: SdkModules): Promise<SdkMetricsModule> {
  return loadPeer('@opentelemetry/sdk-metrics', 'exporting metrics', metrics);
}
