import type { EndSignal, LogLevel, ProcessEndOptions, SpanLimits } from '@llm-otel/core/setup';
import {
  type BatchOptions,
  deadLetterOptionKeys,
  type QueueOptions,
  type RetryOptions,
  spoolOptionKeys,
} from '@llm-otel/exporters-resilient';
import { type ContentMode, DIALECTS, type ExceptionSignal } from '@llm-otel/llm-conventions';
import type { TailSamplingLimits } from '@llm-otel/sampling';
import { parseSamplingPolicy, type SamplingPresetName } from '@llm-otel/sampling/policy';
import {
  aFunction,
  checkedLater,
  flag,
  group,
  isPlain,
  listOf,
  millis,
  millisOrForever,
  number,
  oneOf,
  type OptionCheck,
  type OptionChecks,
  recordOf,
  text,
  thrownBy,
  whole,
  withMethods,
} from './option-check.ts';
import type {
  MetricsOptions,
  PresetName,
  RedactionTools,
  TelemetryOptions,
} from './telemetry-options.ts';

type OtlpProtocol = NonNullable<TelemetryOptions['protocol']>;
type OtlpCompression = NonNullable<TelemetryOptions['compression']>;

const queue: OptionChecks<QueueOptions> = {
  maxItems: whole(1),
  maxBytes: number(1, { unit: 'bytes' }),
  whenFull: oneOf<NonNullable<QueueOptions['whenFull']>>({
    spill: true,
    drop_newest: true,
    drop_oldest: true,
  }),
  priorityOf: aFunction,
};
const batch: OptionChecks<BatchOptions> = {
  maxItems: whole(1),
  maxBytes: number(1, { unit: 'bytes' }),
  delayMillis: millis(0),
};
const retry: OptionChecks<RetryOptions> = {
  initialDelayMillis: millis(1),
  maxDelayMillis: millis(1),
  maxElapsedMillis: millisOrForever(0),
  maxRetryAfterMillis: millisOrForever(0),
};
const spanLimits: OptionChecks<SpanLimits> = {
  attributeCountLimit: whole(0),
  eventCountLimit: whole(0),
  linkCountLimit: whole(0),
  attributePerEventCountLimit: whole(0),
  attributePerLinkCountLimit: whole(0),
};
const atLeastOne: OptionCheck = {
  use: 'a number of at least 1',
  fits: (value) => typeof value === 'number' && value >= 1,
};
const share = number(0, { max: 1 });
const samplingPreset = oneOf<SamplingPresetName>({
  development: true,
  production: true,
  'errors-and-10-percent': true,
  'errors-only': true,
});
const samplingLimits: OptionChecks<TailSamplingLimits> = {
  maxBytes: atLeastOne,
  maxTraces: atLeastOne,
  maxSpansPerTrace: atLeastOne,
  maxBytesPerTrace: atLeastOne,
  decisionDelayMillis: millisOrForever(0),
  deadlineMillis: millisOrForever(0),
  idleMillis: millisOrForever(0),
  maxDecisions: atLeastOne,
  stressRatio: share,
};
const metrics: OptionChecks<MetricsOptions> = {
  exporter: withMethods(
    'a metric exporter, with export, forceFlush and shutdown',
    'export',
    'forceFlush',
    'shutdown',
  ),
  exportIntervalMillis: millis(1),
};
const redactionTools: OptionChecks<RedactionTools> = {
  // The key itself may stand there.
  hash: { ...aFunction, use: 'keyedHash({ key }) of @llm-otel/redaction', isSecret: true },
  vault: withMethods('a vault, with store and open', 'store', 'open'),
  patternEngine: aFunction,
  onFinding: aFunction,
};
const processEnd: OptionChecks<ProcessEndOptions> = {
  signals: listOf(oneOf<EndSignal>({ SIGTERM: true, SIGINT: true, SIGHUP: true, SIGBREAK: true })),
  beforeExit: flag,
  timeoutMillis: millis(0),
};

/** Every option of `startTelemetry`, and what it may be. */
export const telemetryOptionChecks: OptionChecks<TelemetryOptions> = {
  serviceName: text,
  serviceVersion: text,
  deploymentEnvironment: text,
  resourceAttributes: recordOf(
    'a plain object of texts, numbers, truth values and arrays of them',
    isAttributeValue,
  ),
  endpoint: {
    use: 'a URL that starts with http:// or https://',
    fits: (value) => typeof value === 'string',
    isSecret: true,
    mustHold: true,
  },
  protocol: oneOf<OtlpProtocol>({ 'http/protobuf': true, 'http/json': true, grpc: true }),
  headers: {
    ...recordOf(
      'a plain object of names and texts; of a Headers or a Map, Object.fromEntries(headers)',
      (value) => typeof value === 'string',
    ),
    isSecret: true,
  },
  compression: oneOf<OtlpCompression>({ none: true, gzip: true, zstd: true }),
  timeoutMillis: millis(1),
  enabled: { ...flag, mustHold: true },
  strict: flag,
  preset: oneOf<PresetName>({ development: true, production: true, test: true }),
  environment: {
    ...recordOf('an object of texts, such as process.env', isTextOrAbsent),
    // `process.env` has a prototype of its own.
    fits: (value) =>
      typeof value === 'object' && value !== null && Object.values(value).every(isTextOrAbsent),
    isSecret: true,
    mustHold: true,
  },
  configFile: { ...text, use: 'the path of a file', mustHold: true },
  logLevel: oneOf<LogLevel>({
    none: true,
    error: true,
    warn: true,
    info: true,
    debug: true,
    verbose: true,
    all: true,
  }),
  content: oneOf<ContentMode>({ none: true, span: true, event: true, both: true }),
  exceptions: oneOf<ExceptionSignal>({ span: true, event: true, both: true }),
  redaction: {
    use: 'false, or a policy of @llm-otel/redaction, such as { version: 1 }',
    fits: (value) => value === false || isPlain(value),
  },
  redactionTools: group(redactionTools, 'an object with hash, vault, patternEngine or onFinding'),
  sampling: {
    use: `a number from 0 to 1, or a policy of @llm-otel/sampling, fixed or live, or ${samplingPreset.use}`,
    fits: (value) =>
      share.fits(value) || samplingPreset.fits(value) || (isObject(value) && !isArray(value)),
    inside: (value) =>
      isPlain(value) && !('update' in value) ? thrownBy(parseSamplingPolicy)(value) : undefined,
  },
  contentStore: withMethods('a content store, with put', 'put'),
  dialects: listOf({
    use: `one of ${DIALECTS.join(', ')}`,
    fits: (value) => (DIALECTS as readonly unknown[]).includes(value),
  }),
  prices: {
    use: 'false, or a table of prices, with version and models',
    fits: (value) => value === false || (isObject(value) && isArray(value['models'])),
  },
  samplingLimits: group(samplingLimits, 'an object of limits'),
  maxContentBytes: whole(256),
  baggageKeys: listOf(text),
  propagator: withMethods(
    'a propagator, with inject, extract and fields',
    'inject',
    'extract',
    'fields',
  ),
  destinations: {
    use: 'an array of destinations, such as [otlpDestination({ url })]',
    fits: isArray,
    mustHold: true,
  },
  queue: group(queue, 'an object of limits'),
  batch: group(batch, 'an object of limits'),
  retry: group(retry, 'an object of times'),
  spool: group(
    {
      // By diskSpool(), which makes it: a spool with half of its options may be one without encryption.
      ...laterEach(spoolOptionKeys),
      deadLetters: group(laterEach(deadLetterOptionKeys), 'an object, or false', false),
    },
    'false, or an object with a directory',
    false,
  ),
  spanProcessors: listOf(
    withMethods(
      'a span processor, with onStart, onEnd, forceFlush and shutdown',
      'onStart',
      'onEnd',
      'forceFlush',
      'shutdown',
    ),
  ),
  spanLimits: group(spanLimits, 'an object of limits'),
  metrics: group(metrics, 'false, or an object with exporter or exportIntervalMillis', false),
  runtimeMetrics: flag,
  logs: flag,
  logRecordProcessors: listOf(
    withMethods(
      'a log record processor, with onEmit, forceFlush and shutdown',
      'onEmit',
      'forceFlush',
      'shutdown',
    ),
  ),
  processEnd: group(processEnd, 'true or false, or an object with signals', true, false),
  clock: withMethods(
    'a clock, with epochMillis, monotonicMillis, setTimer and clearTimer',
    'epochMillis',
    'monotonicMillis',
    'setTimer',
    'clearTimer',
  ),
};

function laterEach<Key extends string>(
  keys: Readonly<Record<Key, true>>,
): Readonly<Record<Key, OptionCheck>> {
  const entries = Object.keys(keys).map((key) => [key, checkedLater] as const);
  return Object.fromEntries(entries) as Readonly<Record<Key, OptionCheck>>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

/** An attribute of a resource. One without a value is left out. */
function isAttributeValue(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.every(isAttributeValue);
  return ['string', 'number', 'boolean'].includes(typeof value);
}
