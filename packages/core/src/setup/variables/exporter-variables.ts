import type { VariablesOf } from './variable.ts';
import { millis, oneOf, secretPairs, someOf, url } from './variable-kinds.ts';

/** Where telemetry goes, and how. */
export interface ExporterEnvironment {
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
}

export type OtlpProtocol = 'http/protobuf';

export type OtlpCompression = 'none' | 'gzip';

export type TracesExporter = 'otlp' | 'console' | 'none';

export type MetricsExporter = 'otlp' | 'none';

// grpc and http/json are in the specification and not in here: a value that would quietly become something
// else is worse than an error that names what is supported.
const protocol = oneOf(
  ['http/protobuf'],
  'http/protobuf, the default, with port 4318: grpc and http/json are not supported yet',
);
const compression = oneOf(['none', 'gzip']);

export const exporterVariables: VariablesOf<ExporterEnvironment> = {
  tracesExporters: {
    name: 'OTEL_TRACES_EXPORTER',
    kind: someOf(['otlp', 'console', 'none']),
    source: 'OpenTelemetry',
    effect: 'where spans go',
  },
  metricsExporters: {
    name: 'OTEL_METRICS_EXPORTER',
    kind: someOf(['otlp', 'none']),
    source: 'OpenTelemetry',
    effect: 'where metrics go',
  },
  otlpEndpoint: {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    kind: url,
    source: 'OTLP',
    effect: 'base URL of the receiver: v1/traces or v1/metrics is appended',
  },
  otlpTracesEndpoint: {
    name: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    kind: url,
    source: 'OTLP',
    effect: 'URL for traces, used exactly as it is',
  },
  otlpMetricsEndpoint: {
    name: 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
    kind: url,
    source: 'OTLP',
    effect: 'URL for metrics, used exactly as it is',
  },
  otlpProtocol: {
    name: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    kind: protocol,
    source: 'OTLP',
    effect: 'the wire format; grpc and http/json are reported and not used',
  },
  otlpTracesProtocol: {
    name: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
    kind: protocol,
    source: 'OTLP',
    effect: 'the same, for traces',
  },
  otlpMetricsProtocol: {
    name: 'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL',
    kind: protocol,
    source: 'OTLP',
    effect: 'the same, for metrics',
  },
  otlpHeaders: {
    name: 'OTEL_EXPORTER_OTLP_HEADERS',
    kind: secretPairs,
    source: 'OTLP',
    effect: 'headers of every request; never logged',
  },
  otlpTracesHeaders: {
    name: 'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
    kind: secretPairs,
    source: 'OTLP',
    effect: 'more headers for traces; they win over the common ones',
  },
  otlpMetricsHeaders: {
    name: 'OTEL_EXPORTER_OTLP_METRICS_HEADERS',
    kind: secretPairs,
    source: 'OTLP',
    effect: 'more headers for metrics; they win over the common ones',
  },
  otlpCompression: {
    name: 'OTEL_EXPORTER_OTLP_COMPRESSION',
    kind: compression,
    source: 'OTLP',
    effect: 'compression of request bodies',
  },
  otlpTracesCompression: {
    name: 'OTEL_EXPORTER_OTLP_TRACES_COMPRESSION',
    kind: compression,
    source: 'OTLP',
    effect: 'the same, for traces',
  },
  otlpMetricsCompression: {
    name: 'OTEL_EXPORTER_OTLP_METRICS_COMPRESSION',
    kind: compression,
    source: 'OTLP',
    effect: 'the same, for metrics',
  },
  otlpTimeoutMillis: {
    name: 'OTEL_EXPORTER_OTLP_TIMEOUT',
    kind: millis,
    source: 'OTLP',
    effect: 'longest time one request may take',
  },
  otlpTracesTimeoutMillis: {
    name: 'OTEL_EXPORTER_OTLP_TRACES_TIMEOUT',
    kind: millis,
    source: 'OTLP',
    effect: 'the same, for traces',
  },
  otlpMetricsTimeoutMillis: {
    name: 'OTEL_EXPORTER_OTLP_METRICS_TIMEOUT',
    kind: millis,
    source: 'OTLP',
    effect: 'the same, for metrics',
  },
};
