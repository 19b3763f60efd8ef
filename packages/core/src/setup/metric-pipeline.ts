import type { ExportResult } from '../sdk-types.ts';
import { loadPeer } from './load-peer.ts';
import type { SettledResource } from './resource.ts';
import type { SdkMeterProvider, SdkMetricsModule, SdkModules } from './sdk-modules.ts';
import { telemetryDefaults } from './telemetry-defaults.ts';

/** A metric exporter as the SDK's periodic reader uses it. Any stock or vendor exporter fits. */
export interface MetricExporter {
  export(metrics: unknown, resultCallback: (result: ExportResult) => void): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
  /** 0 delta, 1 cumulative. */
  selectAggregationTemporality?(instrumentType: unknown): 0 | 1;
}

export interface MetricOptions {
  readonly exporter: MetricExporter;
  /** In milliseconds. Environment: `OTEL_METRIC_EXPORT_INTERVAL`. @defaultValue 60000 */
  readonly exportIntervalMillis?: number | undefined;
  /** In milliseconds. Environment: `OTEL_METRIC_EXPORT_TIMEOUT`. @defaultValue 30000, or the interval if shorter */
  readonly exportTimeoutMillis?: number | undefined;
}

/**
 * Loads the metrics SDK and returns a function that makes the provider.
 * @throws {@link MissingPeerError} when `@opentelemetry/sdk-metrics` is not installed
 */
export async function loadMetrics(
  {
    exporter,
    exportIntervalMillis = telemetryDefaults.metricExportIntervalMillis,
    exportTimeoutMillis = telemetryDefaults.metricExportTimeoutMillis,
  }: MetricOptions,
  modules: SdkModules,
): Promise<(resource: SettledResource) => SdkMeterProvider> {
  const sdk = await loadSdk(modules);
  return (resource) => {
    const reader = new sdk.PeriodicExportingMetricReader({
      exporter,
      exportIntervalMillis,
      // The reader refuses a timeout that is longer than its interval.
      exportTimeoutMillis: Math.min(exportTimeoutMillis, exportIntervalMillis),
    });
    return new sdk.MeterProvider({ resource, readers: [reader] });
  };
}

/** Whether the metrics SDK can be loaded here. */
export async function metricsAvailable(modules: SdkModules): Promise<boolean> {
  try {
    await loadSdk(modules);
    return true;
  } catch {
    return false;
  }
}

function loadSdk({ metrics }: SdkModules): Promise<SdkMetricsModule> {
  return loadPeer('@opentelemetry/sdk-metrics', 'exporting metrics', metrics);
}
