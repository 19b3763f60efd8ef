import { diag, type DiagLogger } from '@opentelemetry/api';
import { systemClock } from '@llm-otel/core';
import { samplingPolicy } from '@llm-otel/sampling';
import type { SamplingPresetName } from '@llm-otel/sampling/policy';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkOptions } from './check-options.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

const warned = vi.fn<(message: string) => void>();

beforeEach(() => {
  const ignore: DiagLogger['debug'] = () => undefined;
  diag.setLogger({ error: ignore, warn: warned, info: ignore, debug: ignore, verbose: ignore });
  warned.mockReset();
});
afterEach(() => diag.disable());

/** What is said about options as JavaScript or a configuration file may have them. */
function said(options: object): unknown[] {
  checkOptions(options);
  return warned.mock.calls.map(([message]) => message);
}

test('an option that does not exist is told with the one that was meant', () => {
  expect(said({ serviceNam: 'desk', samplingRate: 0.1 })).toEqual([
    'llm-otel: serviceNam is not an option: did you mean serviceName? (ignored)',
    'llm-otel: samplingRate is not an option: did you mean sampling? (ignored)',
  ]);
});

test('an option of the stock NodeSDK is told with what it is called here', () => {
  const [resource, exporter] = said({ resource: {}, traceExporter: {} });

  expect(resource).toBe('llm-otel: resource is not an option: use resourceAttributes (ignored)');
  expect(exporter).toContain('use destinations: [exporterDestination(exporter)]');
});

test.each([
  [
    { queue: { maxSize: 1 } },
    'queue.maxSize is not an option: the options of queue are maxItems, maxBytes, whenFull, priorityOf',
  ],
  [{ batch: { maxItem: 1 } }, 'batch.maxItem is not an option: did you mean batch.maxItems?'],
  [
    { retry: { maxDelay: 1 } },
    'retry.maxDelay is not an option: did you mean retry.maxDelayMillis?',
  ],
  [{ spanLimits: { foo: 1 } }, 'spanLimits.foo is not an option: the options of spanLimits are'],
  [{ metrics: { exporters: [] } }, 'metrics.exporters is not an option'],
  [{ processEnd: { signal: 'SIGTERM' } }, 'did you mean processEnd.signals?'],
])('inside another option as well: %j', (options, message) => {
  expect(said(options)).toEqual([expect.stringContaining(message)]);
});

test('strict throws it', () => {
  expect(() => checkOptions({ strict: true, servicename: 'desk' } as TelemetryOptions)).toThrow(
    'servicename is not an option: did you mean serviceName?',
  );
});

test('options that exist, and switches in the place of options, are not talked about', () => {
  expect(
    said({
      serviceName: 'desk',
      queue: { maxItems: 1 },
      metrics: false,
      processEnd: true,
      retry: undefined,
    }),
  ).toEqual([]);
});

test('the options that exist go on, and what was given stays as it is', () => {
  const given = { serviceName: 'desk', queue: { maxItems: 1, maxSize: 2 }, foo: 1 };

  expect(checkOptions(given)).toEqual({ serviceName: 'desk', queue: { maxItems: 1 } });
  expect(given.queue).toEqual({ maxItems: 1, maxSize: 2 });
});

/** A value that each option cannot have, and what is said to do. Typed: a new option is added here as well. */
const wrong: Readonly<Record<keyof TelemetryOptions, readonly [value: unknown, use: string]>> = {
  serviceName: [5, 'is 5: use text that is not empty'],
  serviceVersion: ['', 'is "": use text'],
  deploymentEnvironment: [{}, 'is "object": use text'],
  resourceAttributes: [{ a: () => 1 }, 'is "object": use a plain object of texts, numbers'],
  endpoint: [5, 'is [redacted]: use a URL'],
  protocol: ['thrift', 'is "thrift": use one of http/protobuf, http/json, grpc'],
  headers: [new Headers({ authorization: 'x' }), 'is [redacted]: use a plain object'],
  compression: ['br', 'is "br": use one of none, gzip, zstd'],
  timeoutMillis: [-1, 'is -1: use a number of milliseconds of at least 1'],
  enabled: ['no', 'is "no": use true or false'],
  strict: ['x', 'is "x": use true or false'],
  preset: ['prod', 'is "prod": use one of development, production, test'],
  environment: [{ OTEL_SERVICE_NAME: 5 }, 'is [redacted]: use an object of texts'],
  configFile: [5, 'is 5: use the path of a file'],
  logLevel: ['loud', 'is "loud": use one of none, error, warn'],
  content: ['yes', 'is "yes": use one of none, span, event, both'],
  exceptions: ['x', 'is "x": use one of span, event, both'],
  redaction: ['off', 'is "off": use false, or a policy'],
  redactionTools: [5, 'is 5: use an object with hash'],
  sampling: [
    'all',
    'is "all": use a number from 0 to 1, or a policy of @llm-otel/sampling, fixed or live, or one of development, production, errors-and-10-percent, errors-only',
  ],
  contentStore: [5, 'is 5: use a content store'],
  dialects: [['current', 'openllm'], '[1] is "openllm": use one of current'],
  prices: [5, 'is 5: use false, or a table of prices'],
  samplingLimits: [5, 'is 5: use an object'],
  maxContentBytes: [-1, 'is -1: use a whole number of at least 256'],
  baggageKeys: ['all', 'is "all": use an array; in it text'],
  propagator: [5, 'is 5: use a propagator'],
  destinations: [5, 'is 5: use an array of destinations'],
  queue: [5, 'is 5: use an object'],
  batch: [[], 'is "array": use an object'],
  retry: [null, 'is null: use an object'],
  spool: [true, 'is true: use false, or an object'],
  spanProcessors: [[{}], '[0] is "object": use a span processor, with onStart'],
  spanLimits: [true, 'is true: use an object'],
  metrics: [true, 'is true: use false, or an object'],
  runtimeMetrics: ['yes', 'is "yes": use true or false'],
  logs: [1, 'is 1: use true or false'],
  logRecordProcessors: [5, 'is 5: use an array; in it a log record processor'],
  processEnd: ['yes', 'is "yes": use true or false, or an object'],
  clock: [Date, 'is a function: use a clock'],
};
const withoutDefault: ReadonlySet<string> = new Set([
  'endpoint',
  'enabled',
  'environment',
  'configFile',
  'destinations',
]);

describe('a value that an option cannot have', () => {
  test.each(Object.entries(wrong))('%s', (option, [value, use]) => {
    const options = { serviceVersion: '1', [option]: value } as TelemetryOptions;
    const message = expect.stringContaining(use) as string;

    if (option !== 'strict') {
      expect(() => checkOptions({ ...options, strict: true })).toThrow(
        `${option}${use.startsWith('[') ? '' : ' '}${use}`,
      );
    }
    if (withoutDefault.has(option)) {
      expect(() => checkOptions(options)).toThrow(use);
      return;
    }
    const left = checkOptions(options);
    expect(left).toEqual(option === 'serviceVersion' ? {} : { serviceVersion: '1' });
    expect(warned.mock.calls).toEqual([[message]]);
    expect(warned.mock.calls[0]?.[0]).toMatch(/ \(ignored, the default holds\)$/);
  });

  test.each([
    [{ spanLimits: { attributeCountLimit: -1 } }, 'spanLimits.attributeCountLimit is -1'],
    [{ metrics: { exportIntervalMillis: 0 } }, 'metrics.exportIntervalMillis is 0'],
    [{ metrics: { exporter: {} } }, 'metrics.exporter is "object"'],
    [{ processEnd: { signals: ['SIGX'] } }, 'processEnd.signals[0] is "SIGX"'],
    [{ queue: { maxItems: Number.NaN } }, 'queue.maxItems is "NaN"'],
    [{ queue: { whenFull: 'wait' } }, 'queue.whenFull is "wait"'],
    [{ batch: { maxItems: 0 } }, 'batch.maxItems is 0'],
    [{ retry: { maxDelayMillis: Infinity } }, 'retry.maxDelayMillis is "Infinity"'],
    [{ samplingLimits: { stressRatio: 2 } }, 'samplingLimits.stressRatio is 2'],
    [{ sampling: { version: 1, rules: [{ keep: { ratio: 2 } }] } }, 'sampling.rules[0]'],
  ])('inside another option: %j', (options, message) => {
    expect(said(options)).toEqual([expect.stringContaining(message)]);
  });

  test('is not printed where it may hold a secret', () => {
    const secret = ['s3', 'cret'].join('');
    const options = {
      headers: `authorization=${secret}`,
      redaction: [secret],
      resourceAttributes: { a: () => secret, b: secret },
      spanProcessors: [{ key: secret }],
    };

    expect(said(options)).toHaveLength(4);
    expect(warned.mock.calls.join()).not.toContain(secret);
  });
});

test('values that options can have', () => {
  const processor = {
    onStart: () => undefined,
    onEnd: () => undefined,
    onEmit: () => undefined,
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
  const options: TelemetryOptions = {
    serviceName: 'desk',
    resourceAttributes: { a: 1, b: ['x'], c: undefined, d: true },
    endpoint: 'http://127.0.0.1:4318',
    protocol: 'grpc',
    headers: { authorization: 'x' },
    compression: 'zstd',
    timeoutMillis: 1.5,
    enabled: true,
    strict: true,
    preset: 'test',
    environment: process.env,
    logLevel: 'none',
    content: 'both',
    exceptions: 'event',
    redaction: { version: 1 },
    redactionTools: { hash: (text) => text, onFinding: () => undefined },
    sampling: 0,
    contentStore: { put: () => undefined },
    dialects: ['current', 'openinference'],
    prices: false,
    samplingLimits: { maxBytes: Infinity, stressRatio: 1 },
    maxContentBytes: 256,
    baggageKeys: [],
    propagator: { inject: () => undefined, extract: (context) => context, fields: () => [] },
    destinations: [],
    queue: { maxItems: 1, whenFull: 'drop_oldest', priorityOf: () => 0 },
    batch: { delayMillis: 0 },
    retry: { maxElapsedMillis: Infinity },
    spool: { directory: 'spool', deadLetters: false },
    spanProcessors: [processor],
    spanLimits: { attributeCountLimit: 0 },
    metrics: false,
    runtimeMetrics: false,
    logs: true,
    logRecordProcessors: [processor],
    processEnd: { signals: ['SIGHUP'], timeoutMillis: 0 },
    clock: systemClock,
  };

  expect(checkOptions(options)).toEqual(options);
});

/** The other forms of options that have several. Typed: each is one that the compiler lets through. */
const otherForms: readonly TelemetryOptions[] = [
  { preset: 'development' },
  { preset: 'production' },
  { protocol: 'http/protobuf' },
  { protocol: 'http/json' },
  { compression: 'none' },
  { compression: 'gzip' },
  { exceptions: 'span' },
  { exceptions: 'both' },
  { content: 'none' },
  { content: 'span' },
  { content: 'event' },
  { redaction: false },
  { sampling: 'development' },
  { sampling: 'production' },
  { sampling: 'errors-and-10-percent' },
  { sampling: 'errors-only' },
  { sampling: 0.1 },
  { sampling: 1 },
  { sampling: { version: 1, rules: [{ name: 'all', keep: 'all' }] } },
  { sampling: samplingPolicy('errors-only') },
  { prices: { version: '1', models: [] } },
  { retry: { maxRetryAfterMillis: Infinity } },
  { spool: false },
  { spool: {} },
  { metrics: {} },
  { metrics: { exportIntervalMillis: 1000 } },
  { processEnd: true },
  { processEnd: false },
  { processEnd: {} },
];

test.each(otherForms.map((options) => [JSON.stringify(options), options] as const))(
  'each form that the type of an option has goes on: %s',
  (_, options) => {
    expect(checkOptions({ ...options, strict: true })).toEqual({ ...options, strict: true });
  },
);

test('every preset of sampling is a form of the option', () => {
  const presets: Readonly<Record<SamplingPresetName, true>> = {
    development: true,
    production: true,
    'errors-and-10-percent': true,
    'errors-only': true,
  };
  const forms = new Set(otherForms.map(({ sampling }) => sampling));

  for (const preset of Object.keys(presets)) expect(forms).toContain(preset);
});

test.each([5, null, 'x', []])('%j is no options', (options) => {
  expect(() => checkOptions(options as TelemetryOptions)).toThrow(
    'options is [redacted]: use an object of options, or nothing',
  );
});
