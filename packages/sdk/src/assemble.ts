import {
  type LedgerSnapshot,
  publishLedger,
  type SpanProcessor,
  type SpanStage,
  type SpanTransform,
  wrapSpanProcessor,
} from '@llm-otel/core';
import {
  createProviders,
  deploymentEnvironmentOf,
  type FlushReport,
  flushAtProcessEnd,
  type Providers,
  serviceResource,
  telemetryDefaults,
  type TelemetryEnvironment,
} from '@llm-otel/core/setup';
import { resilientSpanProcessor } from '@llm-otel/exporters-resilient';
import {
  contentBudget,
  emitDialects,
  moveMediaOut,
  normaliseDialects,
} from '@llm-otel/llm-conventions';
import { copyBaggageToSpans, copyIdentityToSpans } from '@llm-otel/propagation';
import {
  createRedactor,
  publishRedactions,
  redactingPropagator,
  redactSpans,
} from '@llm-otel/redaction';
import { publishSampling, traceTotals } from '@llm-otel/sampling';
import { metrics } from '@opentelemetry/api';
import { chooseDestinations, namesReceiver } from './choose-destinations.ts';
import { chooseDialects } from './choose-dialects.ts';
import { chooseExceptions } from './choose-exceptions.ts';
import { chooseLogs } from './choose-logs.ts';
import { chooseMetrics } from './choose-metrics.ts';
import { copyConversationToSpans } from './copy-conversation-to-spans.ts';
import { choosePropagator } from './choose-propagator.ts';
import { redactionPolicy } from './choose-redaction.ts';
import { chooseSampling } from './choose-sampling.ts';
import { flushContent } from './flush-content.ts';
import { operationDurations } from './operation-durations.ts';
import { chooseSpool, sensitivityOf } from './choose-spool.ts';
import { presetFor } from './presets.ts';
import { sdkModules } from './sdk-modules.ts';
import { spanLimits } from './span-limits.ts';
import type { TelemetryOptions } from './telemetry-options.ts';
import type { Telemetry, TelemetryReport } from './telemetry.ts';
import { withUndelivered } from './undelivered.ts';

const SCOPE = '@llm-otel/sdk';

/**
 * Puts all parts together, in the order a span passes them: head sampler, baggage, dialects, totals, tail sampling, queue,
 * redaction, budgets, destinations. `afterwards` is called when all of it was shut down. This module and what it imports is loaded only when telemetry is on.
 */
export async function assemble(
  options: TelemetryOptions,
  environment: TelemetryEnvironment,
  afterwards: () => void,
): Promise<Telemetry> {
  const resource = serviceResource(environment, options);
  const preset = presetFor(options.preset, deploymentEnvironmentOf(resource));
  const redactor = createRedactor(redactionPolicy(options, environment));
  const durations = operationDurations(options.clock);
  const sampling = chooseSampling(options, environment, preset);
  // A file is read by the time the first span starts; the policy of a URL comes when it comes.
  if (environment.samplingPolicy?.includes('://') === false) await sampling.source?.refresh();
  const stages: (SpanStage | undefined)[] = [
    normaliseDialects({ prices: options.prices }),
    traceTotals(),
    sampling.stage,
  ];
  const transforms: SpanTransform[] = [
    redactSpans(redactor),
    // Behind redaction: what is stored is not looked at again, and a cut in front of it could leave half a secret.
    ...(options.contentStore === undefined ? [] : [moveMediaOut(options.contentStore)]),
    contentBudget({ maxBytesPerAttribute: options.maxContentBytes }),
    // Last: all others know the names of today.
    emitDialects(chooseDialects(options, environment)),
  ];

  const { measured } = durations;
  const spool = await chooseSpool(options, environment);
  const metricsChoice = await chooseMetrics(
    options,
    environment,
    preset,
    redactor,
    measured,
    spool,
  );
  const logsChoice = await chooseLogs(options, environment, redactor, measured, spool);
  const destinations = await chooseDestinations(options, environment, preset, measured);
  const queueCapacity =
    options.queue?.maxItems ??
    environment.batchMaxQueueItems ??
    telemetryDefaults.batchMaxQueueItems;
  const exporting =
    destinations.length === 0
      ? undefined
      : resilientSpanProcessor({
          destinations,
          stages,
          transforms,
          queue: { ...options.queue, maxItems: queueCapacity },
          batch: {
            maxItems: environment.batchMaxExportItems,
            delayMillis: environment.batchDelayMillis ?? preset.batchDelayMillis,
            ...options.batch,
          },
          retry: options.retry,
          spool,
          sensitivityOf,
          clock: options.clock,
        });
  const baggageKeys = options.baggageKeys ?? [];
  const processor = wrapSpanProcessor(exporting ?? sendingNothing, [
    copyIdentityToSpans(),
    copyConversationToSpans(),
    baggageKeys.length === 0 ? undefined : copyBaggageToSpans({ keys: baggageKeys }),
  ]);
  let providers: Providers;
  try {
    const propagator = await choosePropagator(options, environment);
    providers = await createProviders({
      sdk: sdkModules,
      resource,
      sampler: sampling.sampler,
      spanProcessors: [processor, ...(options.spanProcessors ?? [])],
      spanLimits: spanLimits(options.spanLimits, environment),
      metrics: metricsChoice?.options,
      logRecordProcessors:
        logsChoice === undefined
          ? options.logRecordProcessors
          : [logsChoice.processor, ...(options.logRecordProcessors ?? [])],
      propagator: propagator && redactingPropagator(redactor)(propagator),
      clock: options.clock,
    });
  } catch (error) {
    sampling.source?.stop();
    await exporting?.shutdown({ timeoutMillis: 0 });
    throw error;
  }
  const { tracerProvider, meterProvider, loggerProvider } = providers;
  if (meterProvider !== undefined && redactor.enabled)
    publishRedactions(meterProvider.getMeter(SCOPE), redactor);
  if (meterProvider !== undefined && exporting !== undefined) {
    const meter = meterProvider.getMeter(SCOPE);
    publishLedger(meter, () => exporting.ledger(), { queueCapacity });
    durations.publish(meter);
    const metricsLedger = metricsChoice?.ledger;
    if (metricsLedger !== undefined) publishLedger(meter, metricsLedger, { signal: 'metrics' });
    if (logsChoice !== undefined) publishLedger(meter, logsChoice.ledger, { signal: 'logs' });
    if (sampling.policy !== undefined) publishSampling(meter, sampling.policy);
  }

  const ledger = (): LedgerSnapshot[] =>
    [exporting?.ledger(), metricsChoice?.ledger?.(), logsChoice?.ledger()].filter(
      (snapshot) => snapshot !== undefined,
    );
  let told: readonly LedgerSnapshot[] = [];
  const reportOf = (report: FlushReport): TelemetryReport => {
    const now = ledger();
    const whole = withUndelivered(report, told, now);
    told = now;
    return whole;
  };
  const flushTimeoutMillis =
    environment.batchExportTimeoutMillis ?? telemetryDefaults.batchExportTimeoutMillis;
  const shutdownTimeoutMillis = namesReceiver(options, environment)
    ? undefined
    : preset.unnamedReceiverMillis;
  let removeListeners = (): void => undefined;
  let ending: Promise<TelemetryReport> | undefined;
  const shutDown = async (timeoutMillis?: number): Promise<TelemetryReport> => {
    removeListeners();
    sampling.source?.stop();
    const report = reportOf(await providers.shutdown({ timeoutMillis }));
    await flushContent(options.contentStore, timeoutMillis ?? flushTimeoutMillis);
    afterwards();
    return report;
  };
  const telemetry: Telemetry = {
    enabled: true,
    preset: preset.name,
    content: options.content ?? environment.captureContent ?? telemetryDefaults.captureContent,
    exceptions: chooseExceptions(options, environment, loggerProvider !== undefined),
    tracer: (name = SCOPE, version) => tracerProvider.getTracer(name, version),
    meter: (name = SCOPE, version) => (meterProvider ?? metrics).getMeter(name, version),
    logger: (name = SCOPE, version) =>
      loggerProvider?.getLogger(name, version) ?? { emit: () => undefined },
    ledger,
    redactions: () => redactor.report(),
    async forceFlush({ timeoutMillis = flushTimeoutMillis } = {}) {
      if (ending !== undefined) return ending;
      const report = reportOf(await providers.forceFlush({ timeoutMillis }));
      await flushContent(options.contentStore, timeoutMillis);
      return report;
    },
    shutdown: ({ timeoutMillis = shutdownTimeoutMillis } = {}) =>
      (ending ??= shutDown(timeoutMillis)),
    [Symbol.asyncDispose]: async () => void (await telemetry.shutdown()),
  };
  if (options.processEnd !== undefined && options.processEnd !== false) {
    removeListeners = flushAtProcessEnd(
      telemetry,
      options.processEnd === true ? {} : options.processEnd,
    );
  }
  return telemetry;
}

/** Stands in where spans go nowhere: tracing then only carries the context on. */
const sendingNothing: SpanProcessor = {
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
};
