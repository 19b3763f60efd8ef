import type { TelemetryEnvironment } from './telemetry-environment.ts';
import {
  atLeastOne,
  countOf,
  flag,
  millis,
  oneOf,
  pairs,
  ratio,
  secretPairs,
  someOf,
  text,
  url,
  type VariableKind,
} from './variable-kinds.ts';

/** One environment variable: all that is known about it, once. Its default is in {@link telemetryDefaults}. */
export interface Variable<T> {
  readonly name: string;
  readonly kind: VariableKind<T>;
  /** Where the name and the default come from. */
  readonly source: 'OpenTelemetry' | 'OTLP' | 'GenAI conventions' | 'llm-otel' | 'Node.js';
  readonly effect: string;
}

export type EnvironmentVariables = {
  readonly [Key in keyof TelemetryEnvironment]-?: Variable<NonNullable<TelemetryEnvironment[Key]>>;
};

// grpc and http/json are in the specification and not in here: a value that would quietly become something
// else is worse than an error that names what is supported.
const protocol = oneOf(
  ['http/protobuf'],
  'http/protobuf, the default, with port 4318: grpc and http/json are not supported yet',
);
const compression = oneOf(['none', 'gzip']);

/** Every variable that is read, in the order of the reference page. Types, errors and documentation come from here. */
export const environmentVariables: EnvironmentVariables = {
  sdkDisabled: {
    name: 'OTEL_SDK_DISABLED',
    kind: flag,
    source: 'OpenTelemetry',
    effect: 'true: nothing is loaded and nothing recorded, whatever the options say',
  },
  enabled: {
    name: 'OTEL_ENABLED',
    kind: flag,
    source: 'llm-otel',
    effect: 'false: the same as OTEL_SDK_DISABLED=true',
  },
  logLevel: {
    name: 'OTEL_LOG_LEVEL',
    kind: oneOf(['none', 'error', 'warn', 'info', 'debug', 'verbose', 'all']),
    source: 'OpenTelemetry',
    effect:
      "what telemetry says about itself on the console; the default leaves an application's own diag logger alone",
  },

  serviceName: {
    name: 'OTEL_SERVICE_NAME',
    kind: text,
    source: 'OpenTelemetry',
    effect: 'service.name',
  },
  serviceVersion: {
    name: 'OTEL_SERVICE_VERSION',
    kind: text,
    source: 'llm-otel',
    effect: 'service.version',
  },
  resourceAttributes: {
    name: 'OTEL_RESOURCE_ATTRIBUTES',
    kind: pairs,
    source: 'OpenTelemetry',
    effect: 'attributes of the resource',
  },
  deploymentEnvironment: {
    name: 'DEPLOYMENT_ENVIRONMENT',
    kind: text,
    source: 'llm-otel',
    effect: 'deployment.environment.name, and the preset',
  },
  nodeEnvironment: {
    name: 'NODE_ENV',
    kind: text,
    source: 'Node.js',
    effect: 'the same, where nothing else names the environment',
  },

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
      'how long a flush waits when it is not told; what is not sent then is tried again later',
  },
  metricExportIntervalMillis: {
    name: 'OTEL_METRIC_EXPORT_INTERVAL',
    kind: millis,
    source: 'OpenTelemetry',
    effect: 'time between two exports of metrics',
  },
  metricExportTimeoutMillis: {
    name: 'OTEL_METRIC_EXPORT_TIMEOUT',
    kind: millis,
    source: 'OpenTelemetry',
    effect: 'longest time one export of metrics may take',
  },
  metricTemporality: {
    name: 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE',
    kind: oneOf(['cumulative', 'delta', 'lowmemory']),
    source: 'OTLP',
    effect: 'whether counters report totals since the start or changes since the last export',
  },

  attributeValueLengthLimit: {
    name: 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    kind: countOf('{character}'),
    source: 'OpenTelemetry',
    effect:
      'longer values are cut, to 64 at least, after redaction (before it, half a secret would be left); not set: no limit',
  },
  spanAttributeValueLengthLimit: {
    name: 'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    kind: countOf('{character}'),
    source: 'OpenTelemetry',
    effect: 'the same, and wins over it',
  },
  attributeCountLimit: {
    name: 'OTEL_ATTRIBUTE_COUNT_LIMIT',
    kind: countOf('{attribute}'),
    source: 'OpenTelemetry',
    effect: 'attributes of one span, event or link, where no other limit is set',
  },
  spanAttributeCountLimit: {
    name: 'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT',
    kind: countOf('{attribute}'),
    source: 'OpenTelemetry',
    effect: 'attributes of one span',
  },
  spanEventCountLimit: {
    name: 'OTEL_SPAN_EVENT_COUNT_LIMIT',
    kind: countOf('{event}'),
    source: 'OpenTelemetry',
    effect: 'events of one span',
  },
  spanLinkCountLimit: {
    name: 'OTEL_SPAN_LINK_COUNT_LIMIT',
    kind: countOf('{link}'),
    source: 'OpenTelemetry',
    effect: 'links of one span',
  },
  eventAttributeCountLimit: {
    name: 'OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT',
    kind: countOf('{attribute}'),
    source: 'OpenTelemetry',
    effect: 'attributes of one event',
  },
  linkAttributeCountLimit: {
    name: 'OTEL_LINK_ATTRIBUTE_COUNT_LIMIT',
    kind: countOf('{attribute}'),
    source: 'OpenTelemetry',
    effect: 'attributes of one link',
  },

  redactionEnabled: {
    name: 'OTEL_REDACTION_ENABLED',
    kind: flag,
    source: 'llm-otel',
    effect: 'false: secrets and personal data leave the process',
  },
  redactPrompts: {
    name: 'OTEL_REDACT_PROMPTS',
    kind: flag,
    source: 'llm-otel',
    effect: 'true: recorded prompts are removed as a whole, not only the secrets in them',
  },
  redactCompletions: {
    name: 'OTEL_REDACT_COMPLETIONS',
    kind: flag,
    source: 'llm-otel',
    effect: 'true: recorded completions are removed as a whole, not only the secrets in them',
  },
  captureContent: {
    name: 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT',
    kind: {
      type: 'true, false, SPAN_ONLY, NO_CONTENT',
      read(reader, name) {
        const word = reader.oneOf(name, ['true', 'false', 'SPAN_ONLY', 'NO_CONTENT']);
        if (word === undefined) return undefined;
        return word === 'true' || word === 'SPAN_ONLY' ? 'span' : 'none';
      },
    },
    source: 'GenAI conventions',
    effect: 'true or SPAN_ONLY: prompts, completions and tool arguments are recorded on spans',
  },

  propagators: {
    name: 'OTEL_PROPAGATORS',
    kind: someOf(['tracecontext', 'baggage', 'none']),
    source: 'OpenTelemetry',
    effect: 'what is written to and read from the headers of requests',
  },
};
