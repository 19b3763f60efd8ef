import type { ContextManager, MeterProvider, TracerProvider } from '@opentelemetry/api';
import type { Sampler, SpanProcessor } from '../sdk-types.ts';
import type { FlushablePart } from './flush-and-shutdown.ts';
import type { LoggerProvider, LogRecordProcessor } from './log-pipeline.ts';
import type { MetricExporter } from '../sdk-types.ts';
import type { SettledResource } from './resource.ts';

/**
 * Loads the packages of the installed OpenTelemetry SDK. The caller writes the `import()`s, because `core` must not
 * have the SDK among its peers: every package depends on `core`, and npm answers a peer that the SDK's newest
 * line would break, even an optional one, with a copy of `core` for each of them.
 */
export interface SdkModules {
  /** `() => import('@opentelemetry/sdk-trace')` */
  readonly trace: () => Promise<SdkTraceModule>;
  /** `() => import('@opentelemetry/context-async-hooks')` */
  readonly contextAsyncHooks: () => Promise<ContextAsyncHooksModule>;
  /** `() => import('@opentelemetry/sdk-metrics')`. Called only for metrics. */
  readonly metrics?: (() => Promise<SdkMetricsModule>) | undefined;
  /** `() => import('@opentelemetry/sdk-logs')`. Called only for logs. */
  readonly logs?: (() => Promise<SdkLogsModule>) | undefined;
}

// Written out, as both lines have them: types of a package that is not a peer would be missing where it is not installed.
export interface SdkTraceModule {
  readonly TracerProvider: new (options?: {
    readonly resource?: SettledResource;
    readonly spanProcessors?: SpanProcessor[];
    readonly sampler?: Sampler;
    readonly spanLimits?: Readonly<Record<string, number>>;
  }) => TracerProvider;
}

export interface ContextAsyncHooksModule {
  readonly AsyncLocalStorageContextManager: new () => ContextManager;
}

export interface SdkMetricsModule {
  readonly PeriodicExportingMetricReader: new (options: {
    readonly exporter: MetricExporter;
    readonly exportIntervalMillis: number;
    readonly exportTimeoutMillis: number;
    readonly cardinalityLimits: { readonly default: number };
  }) => object;
  readonly MeterProvider: new (options: {
    readonly resource: SettledResource;
    // A reader of the same module. Its type is a class of the SDK and cannot be written out.
    // oxlint-disable-next-line typescript/no-explicit-any
    readonly readers: any[];
  }) => SdkMeterProvider;
}

export type SdkMeterProvider = MeterProvider & Omit<FlushablePart, 'name'>;

export interface SdkLogsModule {
  readonly LoggerProvider: new (options: {
    readonly resource: SettledResource;
    readonly processors: LogRecordProcessor[];
  }) => LoggerProvider;
}
