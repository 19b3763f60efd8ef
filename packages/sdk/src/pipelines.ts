import type { LedgerSnapshot, Signal, SpanStage, SpanTransform } from '@llm-otel/core';
import { telemetryDefaults } from '@llm-otel/core/setup';
import { type HeldItems, resilientSpanProcessor } from '@llm-otel/exporters-resilient';
import { memoryLimit } from '@llm-otel/exporters-resilient/node';
import {
  contentBudget,
  emitDialects,
  moveMediaOut,
  normaliseDialects,
} from '@llm-otel/llm-conventions';
import { cutSpanAttributes, redactSpans } from '@llm-otel/redaction';
import { traceTotals } from '@llm-otel/sampling';
import { chooseDestinations } from './choose-destinations.ts';
import { chooseDialects } from './choose-dialects.ts';
import { chooseLogs, type LogsChoice } from './choose-logs.ts';
import { chooseMetrics, type MetricsChoice } from './choose-metrics.ts';
import { chooseSampling, type SamplingChoice } from './choose-sampling.ts';
import { sensitivityOf } from './choose-spool.ts';
import type { Choosing } from './choosing.ts';
import { memoryLimitOptions } from './memory-limit-options.ts';
import type { Preset } from './presets.ts';

type SpanPipeline = ReturnType<typeof resilientSpanProcessor>;

/** What holds, decides on and sends telemetry, before it is given to the SDK's providers. */
export interface Pipelines {
  readonly sampling: SamplingChoice;
  /** Absent where spans go nowhere. */
  readonly spans: SpanPipeline | undefined;
  readonly spanQueueCapacity: number;
  readonly metrics: MetricsChoice | undefined;
  readonly logs: LogsChoice | undefined;
  /** One for each signal. */
  ledgers(): LedgerSnapshot[];
  /** What of a signal is not delivered yet. */
  held(signal: Signal): HeldItems;
  /** Ends all of it without waiting, where the start fails afterwards. */
  abandon(): Promise<void>;
}

/**
 * Makes the pipelines of all signals, or none: where one cannot be made, the others are ended.
 * @throws what keeps one of them from being made
 */
export async function makePipelines(choosing: Choosing, preset: Preset): Promise<Pipelines> {
  const undo: (() => unknown)[] = [];
  const abandon = async (): Promise<void> => {
    await Promise.allSettled(undo.map(async (end) => end()));
  };
  try {
    const { options, environment } = choosing;
    const sampling = chooseSampling(options, environment, preset, choosing.plan.sampler);
    undo.push(() => sampling.source?.stop());
    // A file is read by the time the first span starts; the policy of a URL comes when it comes.
    if (environment.samplingPolicy?.includes('://') === false) await sampling.source?.refresh();
    const metrics = await chooseMetrics(choosing);
    undo.push(() => metrics?.abandon());
    const logs = await chooseLogs(choosing);
    undo.push(() => logs?.processor.shutdown({ timeoutMillis: 0 }));
    const spanQueueCapacity =
      options.queue?.maxItems ??
      environment.batchMaxQueueItems ??
      telemetryDefaults.batchMaxQueueItems;
    const spans = await spanPipeline(choosing, preset, sampling, spanQueueCapacity);
    undo.push(() => spans?.shutdown({ timeoutMillis: 0 }));
    return {
      sampling,
      spans,
      spanQueueCapacity,
      metrics,
      logs,
      ledgers: () =>
        [spans?.ledger(), metrics?.ledger?.(), logs?.ledger()].filter(
          (snapshot) => snapshot !== undefined,
        ),
      held: (signal) =>
        ({ traces: spans, metrics, logs })[signal]?.held() ?? { spooled: 0, pending: 0 },
      abandon,
    };
  } catch (error) {
    await abandon();
    throw error;
  }
}

async function spanPipeline(
  choosing: Choosing,
  preset: Preset,
  sampling: SamplingChoice,
  queueCapacity: number,
): Promise<SpanPipeline | undefined> {
  const { options, environment, redactor, lengths, spool } = choosing;
  const stages: (SpanStage | undefined)[] = [
    // In front of all that costs memory: a heap that is nearly full is no time to work on spans.
    memoryLimit(memoryLimitOptions(options)),
    normaliseDialects({ prices: options.prices }),
    traceTotals(),
    sampling.stage,
  ];
  const transforms: SpanTransform[] = [
    redactSpans(redactor),
    // Behind redaction: what is stored is not looked at again, and a cut in front of it could leave half a secret.
    ...(options.contentStore === undefined ? [] : [moveMediaOut(options.contentStore)]),
    contentBudget({ maxBytesPerAttribute: options.maxContentBytes }),
    // All others know the names of today.
    emitDialects(chooseDialects(options, environment)),
    // Last: what is cut is no JSON any more that others could read.
    ...(lengths?.spans === undefined ? [] : [cutSpanAttributes(lengths.spans)]),
  ];
  const destinations = await chooseDestinations(choosing);
  if (destinations.length === 0) return undefined;
  return resilientSpanProcessor({
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
}
