import type { MeterProvider } from '@opentelemetry/api';
import type { Clock } from '../clock.ts';
import { adviseBuckets, type BucketAdvice } from './advise-buckets.ts';
import type { FlushablePart } from './flush-and-shutdown.ts';
import { loadPeer } from './load-peer.ts';
import type { MetricExporter } from '../sdk-types.ts';
import { forReader, metricPart } from './metric-part.ts';
import type { SettledResource } from './resource.ts';
import type { MetricView, SdkMetricsModule, SdkModules } from './sdk-modules.ts';
import { telemetryDefaults } from './telemetry-defaults.ts';

/** An exporter and how often it gets what was measured. */
export interface PeriodicExport {
  readonly exporter: MetricExporter;
  /** In milliseconds. Environment: `OTEL_METRIC_EXPORT_INTERVAL`. @defaultValue 60000 */
  readonly exportIntervalMillis?: number | undefined;
  /** In milliseconds. Environment: `OTEL_METRIC_EXPORT_TIMEOUT`. @defaultValue 30000, or the interval if shorter; 0: the interval */
  readonly exportTimeoutMillis?: number | undefined;
  /**
   * Combinations of attributes that one metric may have, `default` or by the kind of its instrument; what comes beyond is
   * counted together, under `otel.metric.overflow`. @defaultValue 1000
   */
  readonly cardinalityLimits?: CardinalityLimits | undefined;
}

export type CardinalityLimits = Readonly<Record<string, number>>;

export interface MetricOptions {
  /** Each collects by itself. */
  readonly exports: readonly PeriodicExport[];
  /** Readers that somebody asks, such as the exporter for Prometheus. They end with the provider. @defaultValue none */
  readonly readers?: readonly object[] | undefined;
  /** What becomes of the measurements of some instruments. @defaultValue what the instruments advise */
  readonly views?: readonly MetricView[] | undefined;
  /** Boundaries for histograms that advise none themselves. @defaultValue those of the SDK */
  readonly buckets?: BucketAdvice | undefined;
}

/** Combinations of attributes of one metric, where nothing else was said. */
export const MAX_SERIES = 1000;

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
  { exports, readers = [], views = [], buckets }: MetricOptions,
  modules: Pick<SdkModules, 'metrics'>,
  clock?: Clock,
): Promise<(resource: SettledResource) => MetricPipeline> {
  const sdk = await loadMetricsSdk(modules);
  return (resource) => {
    const periodic = exports.map((settings) => periodicReader(sdk, settings));
    const provider = new sdk.MeterProvider({
      resource,
      readers: [...periodic, ...readers],
      views: [...views],
    });
    if (buckets !== undefined) adviseBuckets(provider, buckets);
    const exporters = exports.map(({ exporter }) => exporter);
    return { provider, part: metricPart(provider, exporters, clock) };
  };
}

function periodicReader(
  sdk: SdkMetricsModule,
  {
    exporter,
    exportIntervalMillis = telemetryDefaults.metricExportIntervalMillis,
    exportTimeoutMillis = telemetryDefaults.metricExportTimeoutMillis,
    cardinalityLimits,
  }: PeriodicExport,
): object {
  // The reader refuses 0, and a timeout that is longer than its interval.
  const interval = exportIntervalMillis === 0 ? 1 : exportIntervalMillis;
  return new sdk.PeriodicExportingMetricReader({
    exporter: forReader(exporter),
    exportIntervalMillis: interval,
    exportTimeoutMillis:
      exportTimeoutMillis === 0 ? interval : Math.min(exportTimeoutMillis, interval),
    cardinalityLimits: { default: MAX_SERIES, ...cardinalityLimits },
  });
}

/** What keeps the metrics SDK from being loaded here: {@link MissingPeerError}, or its own failure. */
export async function metricsObstacle(modules: SdkModules): Promise<Error | undefined> {
  try {
    await loadMetricsSdk(modules);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** @throws {@link MissingPeerError} when `@opentelemetry/sdk-metrics` is not installed */
export function loadMetricsSdk({
  metrics,
}: Pick<SdkModules, 'metrics'>): Promise<SdkMetricsModule> {
  return loadPeer('@opentelemetry/sdk-metrics', 'exporting metrics', metrics);
}
