import type { MeterProvider } from '@opentelemetry/api';
import { type Clock, systemClock } from '../clock.ts';
import type { TimeLimit } from '../sdk-types.ts';
import {
  DEFAULT_TIMEOUT_MILLIS,
  type FlushReport,
  onAllParts,
  shutdownInOrder,
} from './flush-and-shutdown.ts';
import { withoutFlush } from './metric-part.ts';
import { loadMetrics, loadMetricsSdk, type MetricOptions } from './metric-pipeline.ts';
import { registerMetrics } from './register-globals.ts';
import { resourceOfSdk, type SettledResource } from './resource.ts';
import type { SdkMetricsModule, SdkModules } from './sdk-modules.ts';

export interface MeterProviderOptions {
  /** Where the SDK comes from; only `metrics` is loaded. */
  readonly sdk: Pick<SdkModules, 'metrics'>;
  readonly resource: SettledResource;
  readonly metrics: MetricOptions;
  readonly clock?: Clock | undefined;
}

/** Metrics alone. */
export interface MetricsOnly extends AsyncDisposable {
  readonly meterProvider: MeterProvider;
  /** With what the SDK says about itself. */
  readonly resource: SettledResource;
  /** Collects and sends. Never rejects. @defaultValue 10000 ms */
  forceFlush(options?: TimeLimit): Promise<FlushReport>;
  /** Collects and sends once more, ends it and unregisters it. A second call gets the outcome of the first. Never rejects. @defaultValue 10000 ms */
  shutdown(options?: TimeLimit): Promise<FlushReport>;
}

/**
 * A meter provider for the whole process over the installed metrics SDK, 2.x or 3.x, without tracing: for a process whose
 * spans somebody else makes, or nobody. Where a meter provider is registered already, that one stays the global one.
 * @throws {@link MissingPeerError} when `@opentelemetry/sdk-metrics` is not installed
 */
export async function createMeterProvider({
  sdk,
  resource: given,
  metrics,
  clock = systemClock,
}: MeterProviderOptions): Promise<MetricsOnly> {
  const make = await loadMetrics(metrics, sdk, clock);
  const resource = (await sdkResource(await loadMetricsSdk(sdk))).merge(given);
  const { provider, part } = make(resource);
  const end = (timeoutMillis: number): Promise<FlushReport> =>
    shutdownInOrder([[withoutFlush(part)]], timeoutMillis, clock);
  const unregister = registerMetrics(provider);
  let ending: Promise<FlushReport> | undefined;
  const metricsOnly: MetricsOnly = {
    meterProvider: provider,
    resource,
    forceFlush: ({ timeoutMillis = DEFAULT_TIMEOUT_MILLIS } = {}) =>
      ending ?? onAllParts([part], 'forceFlush', timeoutMillis, clock),
    shutdown: ({ timeoutMillis = DEFAULT_TIMEOUT_MILLIS } = {}) =>
      (ending ??= end(timeoutMillis).finally(() => unregister())),
    [Symbol.asyncDispose]: async () => void (await metricsOnly.shutdown()),
  };
  return metricsOnly;
}

interface Producer {
  collect(): Promise<{
    readonly resourceMetrics: { readonly resource: Pick<SettledResource, 'attributes'> };
  }>;
}

/** A provider that was given no resource tells name and version of the SDK to whoever reads it. */
async function sdkResource(sdk: SdkMetricsModule): Promise<SettledResource> {
  let producer: Producer | undefined;
  const reader = {
    setMetricProducer: (given: Producer) => void (producer = given),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
  const bare = new sdk.MeterProvider({ readers: [reader], views: [] });
  const collected = await producer?.collect();
  await bare.shutdown();
  return resourceOfSdk(collected?.resourceMetrics.resource.attributes ?? {});
}
