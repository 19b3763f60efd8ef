import { type OptionKeys, UnknownOptionError, unknownOptions } from '@llm-otel/core';
import type { ProcessEndOptions, SpanLimits } from '@llm-otel/core/setup';
import {
  type BatchOptions,
  deadLetterOptionKeys,
  type QueueOptions,
  type RetryOptions,
  spoolOptionKeys,
} from '@llm-otel/exporters-resilient';
import type { DeadLetterOptions } from '@llm-otel/exporters-resilient/spool';
import type { TailSamplingLimits } from '@llm-otel/sampling';
import { diag } from '@opentelemetry/api';
import type { MetricsOptions, TelemetryOptions } from './telemetry-options.ts';

const telemetry: OptionKeys<TelemetryOptions> = {
  serviceName: true,
  serviceVersion: true,
  deploymentEnvironment: true,
  resourceAttributes: true,
  endpoint: true,
  protocol: true,
  headers: true,
  compression: true,
  timeoutMillis: true,
  enabled: true,
  strict: true,
  preset: true,
  environment: true,
  configFile: true,
  logLevel: true,
  content: true,
  exceptions: true,
  redaction: true,
  sampling: true,
  contentStore: true,
  dialects: true,
  prices: true,
  samplingLimits: true,
  maxContentBytes: true,
  baggageKeys: true,
  propagator: true,
  destinations: true,
  queue: true,
  batch: true,
  retry: true,
  spool: true,
  spanProcessors: true,
  spanLimits: true,
  metrics: true,
  runtimeMetrics: true,
  logs: true,
  logRecordProcessors: true,
  processEnd: true,
  clock: true,
};
const queue: OptionKeys<QueueOptions> = {
  maxItems: true,
  maxBytes: true,
  whenFull: true,
  priorityOf: true,
};
const batch: OptionKeys<BatchOptions> = { maxItems: true, maxBytes: true, delayMillis: true };
const retry: OptionKeys<RetryOptions> = {
  initialDelayMillis: true,
  maxDelayMillis: true,
  maxElapsedMillis: true,
  maxRetryAfterMillis: true,
};
const spanLimits: OptionKeys<SpanLimits> = {
  attributeCountLimit: true,
  eventCountLimit: true,
  linkCountLimit: true,
  attributePerEventCountLimit: true,
  attributePerLinkCountLimit: true,
};
const samplingLimits: OptionKeys<TailSamplingLimits> = {
  maxBytes: true,
  maxTraces: true,
  maxSpansPerTrace: true,
  maxBytesPerTrace: true,
  decisionDelayMillis: true,
  deadlineMillis: true,
  idleMillis: true,
  maxDecisions: true,
  stressRatio: true,
};
const metrics: OptionKeys<MetricsOptions> = { exporter: true, exportIntervalMillis: true };
const processEnd: OptionKeys<ProcessEndOptions> = {
  signals: true,
  beforeExit: true,
  timeoutMillis: true,
};

// What `NodeSDK` of @opentelemetry/sdk-node calls the same things: many come from there.
const elsewhere: Readonly<Record<string, string>> = {
  traceExporter: 'use destinations: [exporterDestination(exporter)], from exporters-resilient',
  metricReader: 'use metrics: { exporter }',
  metricReaders: 'use metrics: { exporter }',
  logRecordProcessor: 'use logRecordProcessors: [processor], or logs: true',
  spanProcessor: 'use spanProcessors: [processor]',
  sampler: 'use sampling: a policy, or the share of all traces',
  resource: 'use resourceAttributes',
  textMapPropagator: 'use propagator',
  instrumentations: 'pass them to registerInstrumentations of @opentelemetry/instrumentation',
};

/**
 * Tells each option that does not exist, with what was probably meant, and returns the others: half of a
 * configuration is better than no telemetry.
 * @throws {@link UnknownOptionError} for the first one, with `strict`
 */
export function checkOptions(options: TelemetryOptions): TelemetryOptions {
  let known: TelemetryOptions = options;
  for (const error of checkedOptions(options)) {
    if (options.strict === true) throw error;
    diag.warn(`llm-otel: ${error.message} (ignored)`);
    known = without(known, error.option.split('.'));
  }
  return known;
}

/** A copy without one member, or without one of a member. */
function without<T extends object>(options: T, [name = '', ...inner]: readonly string[]): T {
  const copy = { ...options } as Record<string, unknown>;
  const member = copy[name];
  if (inner.length === 0) delete copy[name];
  else if (typeof member === 'object' && member !== null) copy[name] = without(member, inner);
  return copy as T;
}

/** An error for each option that does not exist. */
export function checkedOptions(options: TelemetryOptions): UnknownOptionError[] {
  return [
    ...unknownOptions(options, telemetry).map((error) => {
      const instead = Object.hasOwn(elsewhere, error.option) ? elsewhere[error.option] : undefined;
      return instead === undefined ? error : new UnknownOptionError(error.option, instead);
    }),
    ...unknownIn('queue', options.queue, queue),
    ...unknownIn('batch', options.batch, batch),
    ...unknownIn('retry', options.retry, retry),
    ...unknownIn('spool', options.spool, spoolOptionKeys),
    ...unknownIn('spool.deadLetters', deadLettersIn(options.spool), deadLetterOptionKeys),
    ...unknownIn('spanLimits', options.spanLimits, spanLimits),
    ...unknownIn('samplingLimits', options.samplingLimits, samplingLimits),
    ...unknownIn('metrics', options.metrics, metrics),
    ...unknownIn('processEnd', options.processEnd, processEnd),
  ];
}

function deadLettersIn(spool: TelemetryOptions['spool']): DeadLetterOptions | false | undefined {
  return typeof spool === 'object' ? spool.deadLetters : undefined;
}

function unknownIn<Options extends object>(
  path: string,
  options: Options | boolean | undefined,
  known: OptionKeys<Options>,
): UnknownOptionError[] {
  return typeof options === 'object' ? unknownOptions(options, known, path) : [];
}
