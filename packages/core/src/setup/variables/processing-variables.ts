import type { VariablesOf } from './variable.ts';
import { atLeastOne, millis, millisOfSome, oneOf, ratio, text } from './variable-kinds.ts';

/** Which traces are kept, and how long telemetry waits for its batch. */
export interface ProcessingEnvironment {
  readonly tracesSampler?: TracesSampler;
  readonly tracesSamplerRatio?: number;
  readonly samplingPolicy?: string;
  readonly samplingRate?: number;
  readonly batchMaxQueueItems?: number;
  readonly batchMaxExportItems?: number;
  readonly batchDelayMillis?: number;
  readonly batchExportTimeoutMillis?: number;
  readonly logBatchMaxQueueItems?: number;
  readonly logBatchMaxExportItems?: number;
  readonly logBatchDelayMillis?: number;
  readonly logBatchExportTimeoutMillis?: number;
  readonly metricExportIntervalMillis?: number;
  readonly metricExportTimeoutMillis?: number;
  readonly metricTemporality?: MetricTemporality;
  readonly histogramAggregation?: HistogramAggregation;
}

export type MetricTemporality = 'cumulative' | 'delta' | 'lowmemory';

export type HistogramAggregation =
  | 'explicit_bucket_histogram'
  | 'base2_exponential_bucket_histogram';

export type TracesSampler =
  | 'always_on'
  | 'always_off'
  | 'traceidratio'
  | 'parentbased_always_on'
  | 'parentbased_always_off'
  | 'parentbased_traceidratio';

export const processingVariables: VariablesOf<ProcessingEnvironment> = {
  tracesSampler: {
    name: 'OTEL_TRACES_SAMPLER',
    kind: oneOf([
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ]),
    source: 'OpenTelemetry',
    effect: "which traces are kept; not set: the preset's policy",
  },
  tracesSamplerRatio: {
    name: 'OTEL_TRACES_SAMPLER_ARG',
    kind: ratio,
    source: 'OpenTelemetry',
    effect: 'the share of traces kept by a traceidratio sampler',
  },
  samplingPolicy: {
    name: 'OTEL_SAMPLING_POLICY',
    kind: { ...text, type: 'a preset, the path of a JSON file, or an http or https URL' },
    source: 'llm-otel',
    effect:
      'the sampling policy, where OTEL_TRACES_SAMPLER is not set; a file is watched and a URL polled for changes',
  },
  samplingRate: {
    name: 'OTEL_SAMPLING_RATE',
    kind: ratio,
    source: 'llm-otel',
    effect:
      'the same as OTEL_TRACES_SAMPLER=parentbased_traceidratio with this share, where that is not set',
  },
  batchMaxQueueItems: {
    name: 'OTEL_BSP_MAX_QUEUE_SIZE',
    kind: atLeastOne('{span}'),
    source: 'OpenTelemetry',
    effect: 'spans that may wait for export',
  },
  batchMaxExportItems: {
    name: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
    kind: atLeastOne('{span}'),
    source: 'OpenTelemetry',
    effect: 'spans in one request',
  },
  batchDelayMillis: {
    name: 'OTEL_BSP_SCHEDULE_DELAY',
    kind: millis,
    source: 'OpenTelemetry',
    effect: 'longest time a span waits for its batch to fill',
  },
  batchExportTimeoutMillis: {
    name: 'OTEL_BSP_EXPORT_TIMEOUT',
    kind: millis,
    source: 'OpenTelemetry',
    effect:
      'how long a flush waits when it is not told, less than the 30000 after which a provider gives it up; what is not sent then is tried again later',
  },
  logBatchMaxQueueItems: {
    name: 'OTEL_BLRP_MAX_QUEUE_SIZE',
    kind: atLeastOne('{log_record}'),
    source: 'OpenTelemetry',
    effect: 'log records that may wait for export',
  },
  logBatchMaxExportItems: {
    name: 'OTEL_BLRP_MAX_EXPORT_BATCH_SIZE',
    kind: atLeastOne('{log_record}'),
    source: 'OpenTelemetry',
    effect: 'log records in one request',
  },
  logBatchDelayMillis: {
    name: 'OTEL_BLRP_SCHEDULE_DELAY',
    kind: millis,
    source: 'OpenTelemetry',
    effect: 'longest time a log record waits for its batch to fill',
  },
  logBatchExportTimeoutMillis: {
    name: 'OTEL_BLRP_EXPORT_TIMEOUT',
    kind: millis,
    source: 'OpenTelemetry',
    effect:
      'as OTEL_BSP_EXPORT_TIMEOUT where log records are exported: a flush waits for all signals together, and of the two that are set the longer counts',
  },
  metricExportIntervalMillis: {
    name: 'OTEL_METRIC_EXPORT_INTERVAL',
    kind: millisOfSome,
    source: 'OpenTelemetry',
    effect: 'time between two exports of metrics',
  },
  metricExportTimeoutMillis: {
    name: 'OTEL_METRIC_EXPORT_TIMEOUT',
    kind: millis,
    source: 'OpenTelemetry',
    effect: 'longest time one export of metrics may take; 0: the interval',
  },
  metricTemporality: {
    name: 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE',
    kind: oneOf(['cumulative', 'delta', 'lowmemory']),
    source: 'OTLP',
    effect: 'whether counters report totals since the start or changes since the last export',
  },
  histogramAggregation: {
    name: 'OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION',
    kind: oneOf(['explicit_bucket_histogram', 'base2_exponential_bucket_histogram']),
    source: 'OTLP',
    effect:
      'how histograms count: in buckets that their instruments advise, or in exponential ones of any scale',
  },
};
