import type { MeterProvider } from '@opentelemetry/api';
import type { ExportResult } from '../sdk-types.ts';
import type { FlushablePart } from './flush-and-shutdown.ts';
import { loadPeer } from './load-peer.ts';
import type { SettledResource } from './resource.ts';
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

// Written out: types of an optional package would be missing where the package is.
type SdkMeterProvider = MeterProvider & Omit<FlushablePart, 'name'>;

/** @throws {@link MissingPeerError} when `@opentelemetry/sdk-metrics` is not installed */
export async function createMeterProvider(
  resource: SettledResource,
  {
    exporter,
    exportIntervalMillis = telemetryDefaults.metricExportIntervalMillis,
    exportTimeoutMillis = telemetryDefaults.metricExportTimeoutMillis,
  }: MetricOptions,
): Promise<SdkMeterProvider> {
  const sdk = await loadPeer(
    '@opentelemetry/sdk-metrics',
    'exporting metrics',
    () => import('@opentelemetry/sdk-metrics'),
  );
  const reader = new sdk.PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis,
    // The reader refuses a timeout that is longer than its interval.
    exportTimeoutMillis: Math.min(exportTimeoutMillis, exportIntervalMillis),
  });
  return new sdk.MeterProvider({ resource, readers: [reader] });
}
