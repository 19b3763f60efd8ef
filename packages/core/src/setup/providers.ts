import type { MeterProvider, TextMapPropagator, TracerProvider } from '@opentelemetry/api';
import { containFailures } from '../contain-failures.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { ReadableSpan, Sampler, SpanProcessor, TimeLimit } from '../sdk-types.ts';
import {
  DEFAULT_TIMEOUT_MILLIS,
  type FlushablePart,
  type FlushReport,
  onAllParts,
  shutdownInOrder,
} from './flush-and-shutdown.ts';
import { loadPeer } from './load-peer.ts';
import {
  type LoggerProvider,
  type LogRecordProcessor,
  loadLogs,
  registerLogs,
} from './log-pipeline.ts';
import { withoutFlush } from './metric-part.ts';
import { loadMetrics, type MetricOptions, type MetricPipeline } from './metric-pipeline.ts';
import { registerMetrics, registerTracing } from './register-globals.ts';
import { resourceOfSdk, type SettledResource } from './resource.ts';
import type { SdkModules } from './sdk-modules.ts';

/** Counts only: a limit on the length of values would cut a secret in half before it can be found. */
export interface SpanLimits {
  /** @defaultValue 128 each, as in the OpenTelemetry specification */
  readonly attributeCountLimit?: number | undefined;
  readonly eventCountLimit?: number | undefined;
  readonly linkCountLimit?: number | undefined;
  readonly attributePerEventCountLimit?: number | undefined;
  readonly attributePerLinkCountLimit?: number | undefined;
}

export interface ProviderOptions {
  /** Where the SDK comes from. */
  readonly sdk: SdkModules;
  readonly resource: SettledResource;
  /** @defaultValue the SDK's: every root, and children as their parent */
  readonly sampler?: Sampler | undefined;
  /** Each sees every span that is recorded, in this order. */
  readonly spanProcessors: readonly SpanProcessor[];
  readonly spanLimits?: SpanLimits | undefined;
  /** Absent: no metrics, and `@opentelemetry/sdk-metrics` is not loaded. */
  readonly metrics?: MetricOptions | undefined;
  /** Absent: no logs, and `@opentelemetry/sdk-logs` is not loaded. */
  readonly logRecordProcessors?: readonly LogRecordProcessor[] | undefined;
  /** Attributes of one log record. @defaultValue 128 */
  readonly logAttributeCountLimit?: number | undefined;
  readonly propagator?: TextMapPropagator | undefined;
  readonly clock?: Clock | undefined;
}

export interface Providers extends AsyncDisposable {
  readonly tracerProvider: TracerProvider;
  readonly meterProvider: MeterProvider | undefined;
  readonly loggerProvider: LoggerProvider | undefined;
  /** With what the SDK says about itself. */
  readonly resource: SettledResource;
  /** Sends everything that waits. Never rejects. @defaultValue 10000 ms */
  forceFlush(options?: TimeLimit): Promise<FlushReport>;
  /**
   * Flushes, shuts everything down and unregisters it. A second call gets the outcome of the first. Never rejects.
   * @defaultValue 10000 ms for all of it
   */
  shutdown(options?: TimeLimit): Promise<FlushReport>;
}

/**
 * Assembles the providers over the installed OpenTelemetry SDK, 2.x or 3.x, and registers them for the whole
 * process, with a context manager over AsyncLocalStorage.
 * @throws {@link MissingPeerError} when a package that is needed is not installed
 * @throws {@link TelemetryError} when providers are registered already; nothing is left running then
 */
export async function createProviders(options: ProviderOptions): Promise<Providers> {
  const { spanProcessors, logRecordProcessors, clock = systemClock } = options;
  // Everything that can be missing is loaded before anything is made.
  const [sdk, { AsyncLocalStorageContextManager }, makeMetrics, makeLogs] = await Promise.all([
    loadPeer('@opentelemetry/sdk-trace', 'tracing', options.sdk.trace),
    loadPeer('@opentelemetry/context-async-hooks', 'tracing', options.sdk.contextAsyncHooks),
    options.metrics && loadMetrics(options.metrics, options.sdk, clock),
    logRecordProcessors &&
      loadLogs(logRecordProcessors, options.sdk, options.logAttributeCountLimit),
  ]);

  const resource = sdkResource(new sdk.TracerProvider()).merge(options.resource);
  const tracerProvider = new sdk.TracerProvider({
    resource,
    spanProcessors: spanProcessors.map((processor, index) =>
      containFailures(processor, `span processor ${index + 1}`),
    ),
    ...(options.sampler === undefined ? {} : { sampler: options.sampler }),
    spanLimits: withoutUndefined(options.spanLimits ?? {}),
  });
  const unregister = [
    registerTracing({
      tracerProvider,
      contextManager: new AsyncLocalStorageContextManager().enable(),
      propagator: options.propagator,
    }),
  ];
  let metrics: MetricPipeline | undefined;
  let loggerProvider: LoggerProvider | undefined;
  try {
    metrics = makeMetrics?.(resource);
    if (metrics !== undefined) unregister.push(registerMetrics(metrics.provider));
    loggerProvider = makeLogs?.(resource);
    if (loggerProvider !== undefined) unregister.push(registerLogs(loggerProvider));
  } catch (error) {
    for (const takeBack of unregister) takeBack();
    throw error;
  }
  const meterProvider = metrics?.provider;

  // The providers would only pass these calls on, and stop at the first processor that fails.
  const spansAndLogs = [
    ...spanProcessors.map((processor, index) => named(`span processor ${index + 1}`, processor)),
    ...(logRecordProcessors ?? []).map((processor, index) =>
      named(`log processor ${index + 1}`, processor),
    ),
  ];
  // Last, so that the metrics about spans and logs are final when they are sent.
  const metricsLast = metrics === undefined ? [] : [withoutFlush(metrics.part)];

  let ending: Promise<FlushReport> | undefined;
  const shutdown = async (timeoutMillis: number): Promise<FlushReport> => {
    const report = await shutdownInOrder([spansAndLogs, metricsLast], timeoutMillis, clock);
    for (const takeBack of unregister) takeBack();
    return report;
  };
  const providers: Providers = {
    tracerProvider,
    meterProvider,
    loggerProvider,
    resource,
    forceFlush({ timeoutMillis = DEFAULT_TIMEOUT_MILLIS } = {}) {
      if (ending !== undefined) return ending;
      const parts = metrics === undefined ? spansAndLogs : [...spansAndLogs, metrics.part];
      return onAllParts(parts, 'forceFlush', timeoutMillis, clock);
    },
    shutdown: ({ timeoutMillis = DEFAULT_TIMEOUT_MILLIS } = {}) =>
      (ending ??= shutdown(timeoutMillis)),
    [Symbol.asyncDispose]: async () => void (await providers.shutdown()),
  };
  return providers;
}

/** The SDK tells its name and version only through a span of a provider that was given no resource. */
function sdkResource(bare: TracerProvider): SettledResource {
  const span = bare.getTracer('@llm-otel/core').startSpan('resource') as Partial<ReadableSpan>;
  return resourceOfSdk(span.resource?.attributes ?? {});
}

function named(name: string, part: Omit<FlushablePart, 'name'>): FlushablePart {
  return {
    name,
    forceFlush: (options) => part.forceFlush(options),
    shutdown: (options) => part.shutdown(options),
  };
}

function withoutUndefined(limits: SpanLimits): Record<string, number> {
  return Object.fromEntries(Object.entries(limits).filter((entry) => entry[1] !== undefined));
}
