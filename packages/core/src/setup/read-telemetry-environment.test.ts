import { diag } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { InvalidOptionError } from '../errors.ts';
import { readTelemetryEnvironment } from './read-telemetry-environment.ts';
import { environmentVariables } from './telemetry-environment.ts';
import { FLUSH_TIMEOUT_MILLIS } from '../flush-timeout.ts';
import { telemetryDefaults } from './telemetry-defaults.ts';

const warned = vi.fn<(message: string) => void>();

beforeEach(() => {
  const ignore = (): void => undefined;
  diag.setLogger({ error: ignore, warn: warned, info: ignore, debug: ignore, verbose: ignore });
  warned.mockReset();
});
afterEach(() => diag.disable());

test('an empty environment says nothing, and nothing is reported', () => {
  expect(readTelemetryEnvironment({})).toEqual({});
  expect(warned).not.toHaveBeenCalled();
});

test('every variable is read into its member', () => {
  const environment = {
    OTEL_SDK_DISABLED: 'true',
    OTEL_ENABLED: 'false',
    OTEL_CONFIG_FILE: '/etc/otel.yaml',
    OTEL_LOG_LEVEL: 'DEBUG',
    OTEL_PROPAGATORS: 'tracecontext',
    OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,pg',
    OTEL_SERVICE_NAME: 'support',
    OTEL_SERVICE_VERSION: '1.2.3',
    OTEL_RESOURCE_ATTRIBUTES: 'team=a%20b',
    DEPLOYMENT_ENVIRONMENT: 'staging',
    NODE_ENV: 'production',
    OTEL_NODE_RESOURCE_DETECTORS: 'env,container',
    OTEL_TRACES_EXPORTER: 'otlp,console',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_EXPORTER_PROMETHEUS_HOST: '0.0.0.0',
    OTEL_EXPORTER_PROMETHEUS_PORT: '9465',
    LLM_OTEL_RUNTIME_METRICS: 'true',
    OTEL_FALLBACK_EXPORTER: 'file',
    OTEL_FALLBACK_FILE: '/var/tmp/fallback',
    OTEL_CIRCUIT_BREAKER_RESET_TIMEOUT: '120',
    HTTPS_PROXY: 'http://proxy.example:3128',
    HTTP_PROXY: 'http://proxy.example:3129',
    NO_PROXY: 'internal.example',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example/otel',
    OTEL_EXPORTER_OTLP_INSECURE: 'true',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_HEADERS: 'a=1',
    OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    OTEL_EXPORTER_OTLP_TIMEOUT: '2s',
    OTEL_EXPORTER_OTLP_CERTIFICATE: '/common/ca.pem',
    OTEL_EXPORTER_OTLP_CLIENT_KEY: '/common/key.pem',
    OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: '/common/cert.pem',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/',
    OTEL_EXPORTER_OTLP_TRACES_INSECURE: 'true',
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'b=2',
    OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'none',
    OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '3000',
    OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE: '/traces/ca.pem',
    OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY: '/traces/key.pem',
    OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE: '/traces/cert.pem',
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'https://metrics.example/',
    OTEL_EXPORTER_OTLP_METRICS_INSECURE: 'true',
    OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_METRICS_HEADERS: 'c=3',
    OTEL_EXPORTER_OTLP_METRICS_COMPRESSION: 'zstd',
    OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: '4000ms',
    OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE: '/metrics/ca.pem',
    OTEL_EXPORTER_OTLP_METRICS_CLIENT_KEY: '/metrics/key.pem',
    OTEL_EXPORTER_OTLP_METRICS_CLIENT_CERTIFICATE: '/metrics/cert.pem',
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'https://logs.example/',
    OTEL_EXPORTER_OTLP_LOGS_INSECURE: 'false',
    OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'd=4',
    OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: 'gzip',
    OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: '5s',
    OTEL_EXPORTER_OTLP_LOGS_CERTIFICATE: '/logs/ca.pem',
    OTEL_EXPORTER_OTLP_LOGS_CLIENT_KEY: '/logs/key.pem',
    OTEL_EXPORTER_OTLP_LOGS_CLIENT_CERTIFICATE: '/logs/cert.pem',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.1',
    OTEL_SAMPLING_POLICY: './policy.json',
    OTEL_SAMPLING_RATE: '0.5',
    OTEL_BSP_MAX_QUEUE_SIZE: '4096',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '256',
    OTEL_BSP_SCHEDULE_DELAY: '2000',
    OTEL_BSP_EXPORT_TIMEOUT: '60000',
    OTEL_BLRP_MAX_QUEUE_SIZE: '1024',
    OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: '128',
    OTEL_BLRP_SCHEDULE_DELAY: '500ms',
    OTEL_BLRP_EXPORT_TIMEOUT: '40000',
    OTEL_METRIC_EXPORT_INTERVAL: '15000',
    OTEL_METRIC_EXPORT_TIMEOUT: '5000',
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'Delta',
    OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: 'base2_exponential_bucket_histogram',
    LLM_OTEL_SPOOL_DIRECTORY: '/var/lib/desk',
    LLM_OTEL_SPOOL_MODE: 'always',
    LLM_OTEL_SPOOL_FSYNC: 'never',
    LLM_OTEL_SPOOL_MAX_BYTES: '1000000',
    LLM_OTEL_SPOOL_MAX_AGE: '60m',
    LLM_OTEL_SPOOL_DEAD_LETTERS_MAX_BYTES: '0',
    LLM_OTEL_SPOOL_DEAD_LETTERS_MAX_AGE: '1440m',
    OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '1024',
    OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: '512',
    OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: '256',
    OTEL_ATTRIBUTE_COUNT_LIMIT: '100',
    OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '64',
    OTEL_SPAN_EVENT_COUNT_LIMIT: '65',
    OTEL_SPAN_LINK_COUNT_LIMIT: '32',
    OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: '10',
    OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: '11',
    OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: '9',
    OTEL_REDACTION_ENABLED: 'true',
    OTEL_REDACT_PROMPTS: 'true',
    OTEL_REDACT_COMPLETIONS: 'false',
    OTEL_REDACTION_HASH_KEY: 'from a secret store',
    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'SPAN_ONLY',
    OTEL_SEMCONV_STABILITY_OPT_IN: 'http, GEN_AI_latest_experimental',
    OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN: 'logs',
  };

  expect(readTelemetryEnvironment(environment)).toEqual({
    sdkDisabled: true,
    enabled: false,
    configFile: '/etc/otel.yaml',
    logLevel: 'debug',
    serviceName: 'support',
    serviceVersion: '1.2.3',
    resourceAttributes: { team: 'a b' },
    deploymentEnvironment: 'staging',
    nodeEnvironment: 'production',
    resourceDetectors: ['env', 'container'],
    tracesExporters: ['otlp', 'console'],
    metricsExporters: ['none'],
    logsExporters: ['otlp'],
    prometheusHost: '0.0.0.0',
    prometheusPort: 9465,
    runtimeMetrics: true,
    fallbackExporter: 'file',
    fallbackFile: '/var/tmp/fallback',
    breakerResetMillis: 120_000,
    httpsProxy: 'http://proxy.example:3128',
    httpProxy: 'http://proxy.example:3129',
    noProxy: 'internal.example',
    otlpEndpoint: 'https://collector.example/otel',
    otlpInsecure: true,
    otlpProtocol: 'http/protobuf',
    otlpHeaders: { a: '1' },
    otlpCompression: 'gzip',
    otlpTimeoutMillis: 2000,
    otlpCertificate: '/common/ca.pem',
    otlpClientKey: '/common/key.pem',
    otlpClientCertificate: '/common/cert.pem',
    otlpTracesEndpoint: 'https://traces.example/',
    otlpTracesInsecure: true,
    otlpTracesProtocol: 'grpc',
    otlpTracesHeaders: { b: '2' },
    otlpTracesCompression: 'none',
    otlpTracesTimeoutMillis: 3000,
    otlpTracesCertificate: '/traces/ca.pem',
    otlpTracesClientKey: '/traces/key.pem',
    otlpTracesClientCertificate: '/traces/cert.pem',
    otlpMetricsEndpoint: 'https://metrics.example/',
    otlpMetricsInsecure: true,
    otlpMetricsProtocol: 'http/json',
    otlpMetricsHeaders: { c: '3' },
    otlpMetricsCompression: 'zstd',
    otlpMetricsTimeoutMillis: 4000,
    otlpMetricsCertificate: '/metrics/ca.pem',
    otlpMetricsClientKey: '/metrics/key.pem',
    otlpMetricsClientCertificate: '/metrics/cert.pem',
    otlpLogsEndpoint: 'https://logs.example/',
    otlpLogsInsecure: false,
    otlpLogsProtocol: 'http/protobuf',
    otlpLogsHeaders: { d: '4' },
    otlpLogsCompression: 'gzip',
    otlpLogsTimeoutMillis: 5000,
    otlpLogsCertificate: '/logs/ca.pem',
    otlpLogsClientKey: '/logs/key.pem',
    otlpLogsClientCertificate: '/logs/cert.pem',
    tracesSampler: 'parentbased_traceidratio',
    tracesSamplerRatio: 0.1,
    samplingPolicy: './policy.json',
    samplingRate: 0.5,
    batchMaxQueueItems: 4096,
    batchMaxExportItems: 256,
    batchDelayMillis: 2000,
    batchExportTimeoutMillis: 60_000,
    logBatchMaxQueueItems: 1024,
    logBatchMaxExportItems: 128,
    logBatchDelayMillis: 500,
    logBatchExportTimeoutMillis: 40_000,
    metricExportIntervalMillis: 15_000,
    metricExportTimeoutMillis: 5000,
    metricTemporality: 'delta',
    spoolDirectory: '/var/lib/desk',
    spoolMode: 'always',
    spoolFsync: 'never',
    spoolMaxBytes: 1_000_000,
    spoolMaxAgeMillis: 3_600_000,
    deadLettersMaxBytes: 0,
    deadLettersMaxAgeMillis: 86_400_000,
    attributeValueLengthLimit: 1024,
    spanAttributeValueLengthLimit: 512,
    logAttributeValueLengthLimit: 256,
    attributeCountLimit: 100,
    spanAttributeCountLimit: 64,
    spanEventCountLimit: 65,
    spanLinkCountLimit: 32,
    eventAttributeCountLimit: 10,
    logAttributeCountLimit: 9,
    histogramAggregation: 'base2_exponential_bucket_histogram',
    linkAttributeCountLimit: 11,
    redactionEnabled: true,
    redactPrompts: true,
    redactCompletions: false,
    redactionHashKey: 'from a secret store',
    captureContent: 'span',
    semconvStabilityOptIn: ['http', 'gen_ai_latest_experimental'],
    exceptionSignal: 'event',
    propagators: ['tracecontext'],
    enabledInstrumentations: 'http,pg',
  });
  // So that a new variable is added to this test as well.
  expect(Object.keys(environment)).toEqual(
    Object.values(environmentVariables).map(({ name }) => name),
  );
});

describe('a variable that cannot be used', () => {
  test.each([
    [
      'OTEL_EXPORTER_OTLP_PROTOCOL',
      'thrift',
      'is "thrift": use one of http/protobuf, http/json, grpc',
    ],
    ['OTEL_FALLBACK_EXPORTER', 'kafka', 'is "kafka": use one of stdout, file, none'],
    [
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'localhost:4317',
      'use a URL that starts with http:// or https://',
    ],
    ['OTEL_SAMPLING_RATE', 'NaN', 'is "NaN": use a number from 0 to 1'],
    ['OTEL_SAMPLING_RATE', '1.5', 'is "1.5": use a number from 0 to 1'],
    [
      'OTEL_PROPAGATORS',
      'xray',
      'is "xray": use any of tracecontext, baggage, b3, b3multi, jaeger, none',
    ],
    ['OTEL_BSP_MAX_QUEUE_SIZE', '0', 'use a whole number of at least 1'],
    [
      'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT',
      'EVERYWHERE',
      'use one of true, false, NO_CONTENT, SPAN_ONLY',
    ],
    ['OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN', 'both', 'is "both": use one of logs, logs/dup'],
  ])('%s=%s is reported and counts as not set', (name, value, message) => {
    expect(readTelemetryEnvironment({ [name]: value })).toEqual({});

    expect(warned.mock.calls[0]?.[0]).toContain(`llm-otel: ${name} `);
    expect(warned.mock.calls[0]?.[0]).toContain(message);
  });

  test.each([
    ['OTEL_EXPORTER_OTLP_CLIENT_KEY', 'OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE'],
    ['OTEL_EXPORTER_OTLP_LOGS_CLIENT_CERTIFICATE', 'OTEL_EXPORTER_OTLP_LOGS_CLIENT_KEY'],
  ])('%s without %s is told about once', (name, lacking) => {
    readTelemetryEnvironment({ [name]: '/file.pem' });

    expect(warned).toHaveBeenCalledOnce();
    expect(warned.mock.calls[0]?.[0]).toContain(
      `llm-otel: ${lacking} is undefined: use the client certificate together with its key`,
    );
  });

  test('may be an address without a scheme, where the protocol is not gRPC', () => {
    const address = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'collector:4317' };
    const read = readTelemetryEnvironment({ ...address, OTEL_EXPORTER_OTLP_PROTOCOL: 'GRPC' });

    expect(read.otlpTracesEndpoint).toBe('collector:4317');
    expect(warned).not.toHaveBeenCalled();
    const http = { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' };
    expect(
      readTelemetryEnvironment({ ...address, ...http, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }),
    ).not.toHaveProperty('otlpTracesEndpoint');
    expect(warned).toHaveBeenCalledOnce();
  });

  test('is thrown with strict', () => {
    expect(() => readTelemetryEnvironment({ OTEL_ENABLED: 'yes' }, { strict: true })).toThrow(
      InvalidOptionError,
    );
  });

  test('of a list is left out and the others stay', () => {
    expect(readTelemetryEnvironment({ OTEL_PROPAGATORS: 'xray, TraceContext' })).toEqual({
      propagators: ['tracecontext'],
    });
  });

  test.each([
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization: Bearer hush'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'ftp://user:hush@host'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'host?key=hush'],
  ])('%s is not printed where it may hold a secret', (name, value) => {
    readTelemetryEnvironment({ [name]: value });

    expect(warned).toHaveBeenCalledOnce();
    expect(warned.mock.calls[0]?.[0]).not.toContain('hush');
  });
});

test.each([
  ['true', 'span'],
  ['false', 'none'],
  ['SPAN_ONLY', 'span'],
  ['no_content', 'none'],
  ['EVENT_ONLY', 'event'],
  ['span_and_event', 'both'],
])('message content %s is %s', (value, captureContent) => {
  expect(
    readTelemetryEnvironment({ OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: value }),
  ).toEqual({ captureContent });
});

test.each([
  ['logs', 'event'],
  ['Logs/Dup', 'both'],
])('the exception signal %s is %s', (value, exceptionSignal) => {
  expect(readTelemetryEnvironment({ OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN: value })).toEqual({
    exceptionSignal,
  });
});

test('any environment is read without throwing', () => {
  const names = Object.values(environmentVariables).map(({ name }) => name);
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string({ unit: 'binary' }), (name, value) => {
      readTelemetryEnvironment({ [name]: value });
    }),
  );
});

test('every default is a value that its variable can have', () => {
  // The one member whose values are not written like those of its variable.
  const { captureContent: _, ...defaults } = telemetryDefaults;
  for (const [key, value] of Object.entries(defaults)) {
    const { name, kind } = environmentVariables[key as keyof typeof telemetryDefaults];
    const written = kind.unit === 's' ? `${String(value)}ms` : String(value);

    expect(readTelemetryEnvironment({ [name]: written }, { strict: true })).toEqual({
      [key]: value,
    });
  }
});

test.each([
  ['1', true],
  ['yes', true],
  ['on', true],
  ['treu', true],
  ['0', false],
  ['No', false],
  ['off', false],
])('content that should be removed is, where its variable is %s, and that is told', (value, on) => {
  expect(
    readTelemetryEnvironment({ OTEL_REDACT_PROMPTS: value, OTEL_REDACT_COMPLETIONS: value }),
  ).toEqual({ redactPrompts: on, redactCompletions: on });
  expect(warned).toHaveBeenCalledTimes(2);
  expect(readTelemetryEnvironment({ OTEL_REDACT_PROMPTS: '' })).toEqual({});
});

test('every variable is described, once', () => {
  const variables = Object.values(environmentVariables);

  expect(new Set(variables.map(({ name }) => name)).size).toBe(variables.length);
  for (const { effect, kind } of variables) expect([effect, kind.type]).not.toContain('');
});

test.each([
  ['OTEL_EXPORTER_OTLP_TIMEOUT', '0', 'a duration of at least 1ms'],
  ['OTEL_CIRCUIT_BREAKER_RESET_TIMEOUT', '0s', 'a duration of at least 1ms'],
  ['LLM_OTEL_SPOOL_MAX_AGE', '0', 'a duration of at least 1ms'],
  ['LLM_OTEL_SPOOL_DEAD_LETTERS_MAX_BYTES', '-1', 'a whole number of at least 0'],
  ['LLM_OTEL_SPOOL_MAX_BYTES', '1000', 'a whole number of at least 65536'],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', 'NaN', 'a duration'],
  ['OTEL_BSP_MAX_QUEUE_SIZE', '-1', 'a whole number of at least 1'],
  ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '1.5', 'a whole number of at least 1'],
])('%s=%s, which no exporter could use, is told and left out', (name, value, use) => {
  const read = (): unknown => readTelemetryEnvironment({ [name]: value }, { strict: true });

  expect(read).toThrow(`${name} is "${value}": use ${use}`);
  expect(readTelemetryEnvironment({ [name]: value })).toEqual({});
});

test('a flush waits for less than the 30 seconds after which a provider rejects it, wherever its limit comes from', () => {
  expect(telemetryDefaults.batchExportTimeoutMillis).toBe(FLUSH_TIMEOUT_MILLIS);
  expect(FLUSH_TIMEOUT_MILLIS).toBeLessThan(30_000);
});

test.each([
  ['zipkin', ['none']],
  ['zipkin,jaeger', ['none']],
  ['zipkin,console', ['console']],
  [' , ', undefined],
])('where no exporter of %j is known, the signal goes nowhere', (value, expected) => {
  const environment = { OTEL_TRACES_EXPORTER: value, OTEL_LOGS_EXPORTER: value };

  const { tracesExporters, logsExporters } = readTelemetryEnvironment(environment);

  expect([tracesExporters, logsExporters]).toEqual([expected, expected]);
});

test.each([
  ['1', 'it counts as true'],
  ['yes', 'it counts as true'],
  ['off', 'it counts as false'],
])('what %j of a variable that protects counts as is told', (value, outcome) => {
  const warn = vi.spyOn(diag, 'warn').mockReturnValue();

  readTelemetryEnvironment({ OTEL_REDACT_PROMPTS: value, OTEL_SDK_DISABLED: value });

  expect(warn.mock.calls.flat()).toEqual([
    expect.stringMatching(/OTEL_SDK_DISABLED .*\(ignored\)$/),
    `llm-otel: OTEL_REDACT_PROMPTS is "${value}": use "true" or "false" (${outcome})`,
  ]);
  warn.mockRestore();
});
