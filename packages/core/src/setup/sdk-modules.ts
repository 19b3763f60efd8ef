import type {
  Attributes,
  Context,
  ContextManager,
  MeterProvider,
  TracerProvider,
} from '@opentelemetry/api';
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
    readonly cardinalityLimits: Readonly<Record<string, number>>;
  }) => object;
  readonly MeterProvider: new (options: {
    /** @defaultValue what the SDK says about itself */
    readonly resource?: SettledResource;
    // A reader of the same module. Its type is a class of the SDK and cannot be written out.
    // oxlint-disable-next-line typescript/no-explicit-any
    readonly readers: any[];
    // `MetricView`s. The SDK's type has a string enum, to which no string is assignable.
    // oxlint-disable-next-line typescript/no-explicit-any
    readonly views: any[];
  }) => SdkMeterProvider;
}

/** What becomes of the measurements of the instruments it selects: `ViewOptions` of the metrics SDK, of either line. */
export interface MetricView {
  readonly instrumentName?: string;
  readonly instrumentType?: MetricInstrumentType;
  readonly instrumentUnit?: string;
  readonly meterName?: string;
  readonly meterVersion?: string;
  readonly meterSchemaUrl?: string;
  readonly name?: string;
  readonly description?: string;
  readonly aggregation?: MetricAggregation;
  readonly attributesProcessors?: {
    process(incoming: Attributes, context?: Context): Attributes;
  }[];
  readonly aggregationCardinalityLimit?: number;
}

/** Under the numbers of `AggregationType`: default, drop, sum, last value; explicit buckets; exponential buckets. */
export type MetricAggregation =
  | { readonly type: 0 | 1 | 2 | 3 }
  | {
      readonly type: 4;
      readonly options?: { readonly boundaries: number[]; readonly recordMinMax?: boolean };
    }
  | {
      readonly type: 5;
      readonly options?: { readonly maxSize?: number; readonly recordMinMax?: boolean };
    };

export type MetricInstrumentType =
  | 'COUNTER'
  | 'GAUGE'
  | 'HISTOGRAM'
  | 'UP_DOWN_COUNTER'
  | 'OBSERVABLE_COUNTER'
  | 'OBSERVABLE_GAUGE'
  | 'OBSERVABLE_UP_DOWN_COUNTER';

export type SdkMeterProvider = MeterProvider & Omit<FlushablePart, 'name'>;

export interface SdkLogsModule {
  readonly LoggerProvider: new (options: {
    readonly resource: SettledResource;
    readonly processors: LogRecordProcessor[];
    readonly logRecordLimits?: { readonly attributeCountLimit: number };
  }) => LoggerProvider;
}
