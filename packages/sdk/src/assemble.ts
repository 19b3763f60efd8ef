import { publishLedger, type SpanProcessor, wrapSpanProcessor } from '@llm-otel/core';
import {
  createProviders,
  deploymentEnvironmentOf,
  flushAtProcessEnd,
  type Providers,
  serviceResource,
  telemetryDefaults,
  type TelemetryEnvironment,
} from '@llm-otel/core/setup';
import { countForeignCalls } from '@llm-otel/llm-conventions';
import { copyBaggageToSpans, copyIdentityToSpans } from '@llm-otel/propagation';
import {
  createRedactor,
  publishRedactions,
  redactingPropagator,
  type Redactor,
} from '@llm-otel/redaction';
import { publishSampling } from '@llm-otel/sampling';
import { announceStart } from './announce-start.ts';
import { attributeLengths } from './attribute-lengths.ts';
import { namesReceiver } from './choose-destinations.ts';
import { chooseExceptions } from './choose-exceptions.ts';
import { choosePropagator } from './choose-propagator.ts';
import { chooseHash } from './choose-hash.ts';
import { redactionPolicy } from './choose-redaction.ts';
import { chooseSpool } from './choose-spool.ts';
import { copyConversationToSpans } from './copy-conversation-to-spans.ts';
import { detectResource } from './detect-resource.ts';
import { type ExportPlan, exportPlan, otlpReceivers } from './export-plan.ts';
import { operationDurations, type OperationDurations } from './operation-durations.ts';
import { makePipelines, type Pipelines } from './pipelines.ts';
import { presetFor } from './presets.ts';
import { redactDiagnostics } from './redact-diagnostics.ts';
import { sdkModules } from './sdk-modules.ts';
import { spanLimits } from './span-limits.ts';
import { telemetryHandle } from './telemetry-handle.ts';
import type { TelemetryOptions } from './telemetry-options.ts';
import type { Telemetry } from './telemetry.ts';

/** What a start needs beside the options. */
export interface Assembly {
  readonly environment: TelemetryEnvironment;
  /** What a configuration file says; absent: options and variables make it. */
  readonly plan?: ExportPlan | undefined;
  /** Called when everything was shut down. */
  readonly afterwards: () => void;
  /** Is given what has to be taken back then, and where the start fails. */
  readonly takeBack: (work: () => void) => void;
}

/**
 * Puts all parts together, in the order a span passes them: head sampler, baggage, dialects, totals, tail sampling, queue,
 * redaction, budgets, destinations. This module and what it imports is loaded only when telemetry is on.
 */
export async function assemble(options: TelemetryOptions, assembly: Assembly): Promise<Telemetry> {
  const { environment, afterwards, takeBack } = assembly;
  const { clock } = options;
  const strict = options.strict === true;
  let policy = redactionPolicy(options, environment);
  const hash = chooseHash(options, environment);
  const redactor = createRedactor(policy, { ...options.redactionTools, hash, clock });
  takeBack(redactDiagnostics(() => policy, options.redactionTools?.patternEngine));
  const detectors = environment.resourceDetectors ?? telemetryDefaults.resourceDetectors;
  const detected = await detectResource(detectors, { strict, clock });
  const resource = serviceResource(environment, options, detected);
  const preset = presetFor(options.preset, deploymentEnvironmentOf(resource));
  const durations = operationDurations(clock);
  const plan = assembly.plan ?? exportPlan(options, environment, preset);
  const limits = spanLimits(options.spanLimits, environment);
  const lengths = attributeLengths(options, environment);
  const pipelines = await makePipelines(
    {
      options,
      environment,
      plan,
      redactor,
      lengths,
      measure: durations.measure,
      spool: await chooseSpool(options, environment),
    },
    preset,
  );
  let providers: Providers;
  try {
    const propagator = await choosePropagator(options, environment);
    providers = await createProviders({
      sdk: sdkModules,
      resource,
      sampler: pipelines.sampling.sampler,
      spanProcessors: [
        withIds(pipelines.spans ?? sendingNothing, options),
        ...(options.spanProcessors ?? []),
      ],
      spanLimits: limits,
      metrics: pipelines.metrics?.options,
      logRecordProcessors:
        pipelines.logs === undefined
          ? options.logRecordProcessors
          : [pipelines.logs.processor, ...(options.logRecordProcessors ?? [])],
      logAttributeCountLimit: environment.logAttributeCountLimit ?? environment.attributeCountLimit,
      propagator: propagator && redactingPropagator(redactor)(propagator),
      clock,
    });
  } catch (error) {
    await pipelines.abandon();
    throw error;
  }
  publish(providers, pipelines, redactor, durations);
  let stopRuntimeMetrics: (() => void) | undefined;
  if ((options.runtimeMetrics ?? environment.runtimeMetrics) === true && providers.meterProvider) {
    const { startRuntimeMetrics } = await import('./runtime-metrics.ts');
    stopRuntimeMetrics = await startRuntimeMetrics(providers.meterProvider, { strict });
  }

  const telemetry = telemetryHandle({
    options,
    preset: preset.name,
    content: options.content ?? environment.captureContent ?? telemetryDefaults.captureContent,
    exceptions: chooseExceptions(options, environment, providers.loggerProvider !== undefined),
    providers,
    redactor,
    updateRedaction(redaction) {
      const next = redactionPolicy({ ...options, redaction }, environment);
      redactor.update(next);
      policy = next;
    },
    ledgers: () => pipelines.ledgers(),
    held: (signal) => pipelines.held(signal),
    spans: pipelines.spans,
    flushTimeoutMillis: flushTimeoutMillis(environment, pipelines.logs !== undefined),
    shutdownTimeoutMillis:
      assembly.plan !== undefined || namesReceiver(options, environment)
        ? undefined
        : preset.unnamedReceiverMillis,
    beforehand: () => pipelines.sampling.source?.stop(),
    afterwards() {
      // Not beforehand: the shutdown measures a last time.
      stopRuntimeMetrics?.();
      stopListening();
      afterwards();
    },
  });
  const { processEnd = false } = options;
  // Until the shutdown is done, whoever has called it: a signal in between waits for it.
  const stopListening =
    processEnd === false
      ? () => undefined
      : flushAtProcessEnd(telemetry, processEnd === true ? {} : processEnd, clock);
  announceStart(() => ({
    preset: preset.name,
    content: telemetry.content,
    redactionEnabled: redactor.enabled,
    maxValueLength: policy.maxValueLength ?? lengths.spans,
    attributeCountLimit: limits.attributeCountLimit,
    receivers: otlpReceivers({
      ...plan,
      metrics: pipelines.metrics && plan.metrics,
      logs: pipelines.logs && plan.logs,
    }),
    hasFile: assembly.plan !== undefined,
    hasDestinations: options.destinations !== undefined,
  }));
  return telemetry;
}

/** A flush waits for all signals together. */
function flushTimeoutMillis(
  { batchExportTimeoutMillis: spans, logBatchExportTimeoutMillis: logs }: TelemetryEnvironment,
  hasLogs: boolean,
): number {
  const said = [spans, hasLogs ? logs : undefined].filter((millis) => millis !== undefined);
  return said.length === 0 ? telemetryDefaults.batchExportTimeoutMillis : Math.max(...said);
}

function withIds(
  processor: SpanProcessor,
  { baggageKeys = [], prices }: TelemetryOptions,
): SpanProcessor {
  return wrapSpanProcessor(processor, [
    copyIdentityToSpans(),
    copyConversationToSpans(),
    countForeignCalls({ prices }),
    baggageKeys.length === 0 ? undefined : copyBaggageToSpans({ keys: baggageKeys }),
  ]);
}

/** What we tell about ourselves, as metrics. */
function publish(
  { meterProvider }: Providers,
  { spans, spanQueueCapacity, metrics, logs, sampling }: Pipelines,
  redactor: Redactor,
  durations: OperationDurations,
): void {
  if (meterProvider === undefined) return;
  const meter = meterProvider.getMeter('@llm-otel/sdk');
  // Also where the policy is off: it may be switched on later.
  publishRedactions(meter, redactor);
  durations.publish(meter);
  if (spans !== undefined) {
    publishLedger(meter, () => spans.ledger(), { queueCapacity: spanQueueCapacity });
    if (sampling.policy !== undefined) publishSampling(meter, sampling.policy);
  }
  if (metrics?.ledger !== undefined) publishLedger(meter, metrics.ledger, { signal: 'metrics' });
  if (logs !== undefined) publishLedger(meter, logs.ledger, { signal: 'logs' });
}

/** Stands in where spans go nowhere: tracing then only carries the context on. */
const sendingNothing: SpanProcessor = {
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
};
