/** What the environment says. A member is absent where its variable is not set or cannot be used. */
export interface TelemetryEnvironment {
  readonly sdkDisabled?: boolean;
  readonly enabled?: boolean;
  readonly logLevel?: LogLevel;

  readonly serviceName?: string;
  readonly serviceVersion?: string;
  readonly resourceAttributes?: Readonly<Record<string, string>>;
  readonly deploymentEnvironment?: string;
  readonly nodeEnvironment?: string;

  readonly tracesExporters?: readonly TracesExporter[];
  readonly metricsExporters?: readonly MetricsExporter[];
  readonly otlpEndpoint?: string;
  readonly otlpTracesEndpoint?: string;
  readonly otlpMetricsEndpoint?: string;
  readonly otlpProtocol?: OtlpProtocol;
  readonly otlpTracesProtocol?: OtlpProtocol;
  readonly otlpMetricsProtocol?: OtlpProtocol;
  readonly otlpHeaders?: Readonly<Record<string, string>>;
  readonly otlpTracesHeaders?: Readonly<Record<string, string>>;
  readonly otlpMetricsHeaders?: Readonly<Record<string, string>>;
  readonly otlpCompression?: OtlpCompression;
  readonly otlpTracesCompression?: OtlpCompression;
  readonly otlpMetricsCompression?: OtlpCompression;
  readonly otlpTimeoutMillis?: number;
  readonly otlpTracesTimeoutMillis?: number;
  readonly otlpMetricsTimeoutMillis?: number;

  readonly tracesSampler?: TracesSampler;
  readonly tracesSamplerRatio?: number;
  readonly samplingRate?: number;

  readonly batchMaxQueueItems?: number;
  readonly batchMaxExportItems?: number;
  readonly batchDelayMillis?: number;
  readonly batchExportTimeoutMillis?: number;
  readonly metricExportIntervalMillis?: number;
  readonly metricExportTimeoutMillis?: number;
  readonly metricTemporality?: MetricTemporality;

  readonly attributeValueLengthLimit?: number;
  readonly spanAttributeValueLengthLimit?: number;
  readonly attributeCountLimit?: number;
  readonly spanAttributeCountLimit?: number;
  readonly spanEventCountLimit?: number;
  readonly spanLinkCountLimit?: number;
  readonly eventAttributeCountLimit?: number;
  readonly linkAttributeCountLimit?: number;

  readonly redactionEnabled?: boolean;
  readonly redactPrompts?: boolean;
  readonly redactCompletions?: boolean;
  readonly captureContent?: 'none' | 'span';

  readonly propagators?: readonly PropagatorName[];
}

export type LogLevel = 'none' | 'error' | 'warn' | 'info' | 'debug' | 'verbose' | 'all';
export type OtlpProtocol = 'http/protobuf';
export type OtlpCompression = 'none' | 'gzip';
export type TracesExporter = 'otlp' | 'console' | 'none';
export type MetricsExporter = 'otlp' | 'none';
export type MetricTemporality = 'cumulative' | 'delta' | 'lowmemory';
export type PropagatorName = 'tracecontext' | 'baggage' | 'none';
export type TracesSampler =
  | 'always_on'
  | 'always_off'
  | 'traceidratio'
  | 'parentbased_always_on'
  | 'parentbased_always_off'
  | 'parentbased_traceidratio';
