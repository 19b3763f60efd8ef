import { FLUSH_TIMEOUT_MILLIS } from '../flush-timeout.ts';
import type { TelemetryEnvironment } from './telemetry-environment.ts';

type WithoutDefault =
  | 'serviceVersion'
  | 'resourceAttributes'
  | 'deploymentEnvironment'
  | 'nodeEnvironment'
  | 'otlpHeaders'
  | `otlp${'Traces' | 'Metrics' | 'Logs'}${string}`
  | 'otlpCertificate'
  | 'otlpClientKey'
  | 'otlpClientCertificate'
  | 'enabledInstrumentations'
  | 'logsExporters'
  | 'configFile'
  | 'httpsProxy'
  | 'httpProxy'
  | 'noProxy'
  | 'tracesSampler'
  | 'samplingPolicy'
  | 'samplingRate'
  | 'spoolDirectory'
  | 'deadLettersMaxBytes'
  | 'attributeValueLengthLimit'
  | 'spanAttributeValueLengthLimit'
  | 'logAttributeValueLengthLimit'
  | 'logBatchExportTimeoutMillis'
  | 'redactionHashKey'
  | 'exceptionSignal';

/** What holds where neither an option nor a variable says anything. A setting that is not in here has no default. */
export const telemetryDefaults: Required<Omit<TelemetryEnvironment, WithoutDefault>> = {
  sdkDisabled: false,
  enabled: true,
  logLevel: 'warn',
  serviceName: 'unknown_service:node',
  resourceDetectors: ['env', 'host', 'os', 'process', 'serviceinstance'],
  tracesExporters: ['otlp'],
  metricsExporters: ['otlp'],
  prometheusHost: 'localhost',
  prometheusPort: 9464,
  runtimeMetrics: false,
  breakerResetMillis: 5000,
  fallbackExporter: 'none',
  fallbackFile: 'llm-otel-fallback',
  otlpEndpoint: 'http://localhost:4318',
  otlpInsecure: false,
  otlpProtocol: 'http/protobuf',
  otlpCompression: 'none',
  otlpTimeoutMillis: 10_000,
  tracesSamplerRatio: 1,
  batchMaxQueueItems: 2048,
  batchMaxExportItems: 512,
  batchDelayMillis: 5000,
  batchExportTimeoutMillis: FLUSH_TIMEOUT_MILLIS,
  logBatchMaxQueueItems: 2048,
  logBatchMaxExportItems: 512,
  logBatchDelayMillis: 1000,
  metricExportIntervalMillis: 60_000,
  metricExportTimeoutMillis: 30_000,
  metricTemporality: 'cumulative',
  histogramAggregation: 'explicit_bucket_histogram',
  spoolMode: 'overflow',
  spoolFsync: 'interval',
  spoolMaxBytes: 536_870_912,
  spoolMaxAgeMillis: 86_400_000,
  deadLettersMaxAgeMillis: 604_800_000,
  attributeCountLimit: 128,
  spanAttributeCountLimit: 128,
  spanEventCountLimit: 128,
  spanLinkCountLimit: 128,
  eventAttributeCountLimit: 128,
  linkAttributeCountLimit: 128,
  logAttributeCountLimit: 128,
  redactionEnabled: true,
  redactPrompts: false,
  redactCompletions: false,
  captureContent: 'none',
  semconvStabilityOptIn: ['gen_ai_latest_experimental'],
  propagators: ['tracecontext', 'baggage'],
};
