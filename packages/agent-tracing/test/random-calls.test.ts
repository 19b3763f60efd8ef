import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import type { ReadableSpan } from '@llm-otel/core';
import {
  costOf,
  countForeignCalls,
  createGenAi,
  exactCostOfSpan,
  normaliseDialects,
} from '@llm-otel/llm-conventions';
import { recordSpans } from '@llm-otel/testing';
import * as fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { createAgentTracing, type RunUsage } from '../src/index.ts';
import { INPUT, OUTPUT, sumOf } from './foreign-application.ts';
import { RandomCalls } from './random-calls.ts';
import { type Node, plans } from './random-plans.ts';

afterEach(() => context.disable());

interface Seen {
  readonly truth: RandomCalls;
  readonly used: RunUsage;
  readonly spans: readonly [input: number, output: number, microUsd: number];
  readonly metrics: readonly [input: number, output: number];
  readonly run: Record<string, unknown>;
  readonly exceeded: number;
}

const METRIC = 'gen_ai.client.inference.usage';

async function seen(plan: readonly Node[], budget: number): Promise<Seen> {
  const recorder = recordSpans();
  const provider = new TracerProvider({ spanProcessors: [countForeignCalls()(recorder)] });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const meters = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1e8 })],
  });
  const signals = { tracer: provider.getTracer('ours'), meter: meters.getMeter('ours') };
  const genAi = createGenAi(signals);
  const agents = createAgentTracing({ ...signals, genAi });
  let exceeded = 0;
  const onExceeded = (): void => void exceeded++;
  const [truth, used] = await agents.run(
    { agent: { name: 'writer' }, budget: { tokens: budget, onExceeded } },
    async (run) => {
      const calls = new RandomCalls({
        genAi,
        another: provider.getTracer('another'),
        group: (kind, work) =>
          kind === 'step' ? run.step('s', work) : run.tool({ name: 't' }, work),
      });
      await calls.run(plan);
      return [calls, run.usage] as const;
    },
  );
  const spans: ReadableSpan[] = [];
  const stage = normaliseDialects()(
    { onEnd: (span) => void spans.push(span) },
    { sampledOut() {}, dropped() {} },
  );
  for (const span of recorder.spans) stage.onEnd(span);
  await meters.forceFlush();
  const points = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));
  const total = (name: string): number => {
    let sum = 0;
    for (const { descriptor, dataPoints } of points)
      if (descriptor.name === `${METRIC}.${name}`)
        for (const { value } of dataPoints) sum += Number(value);
    return sum;
  };
  const cost = spans.reduce((sum, span) => sum + (exactCostOfSpan(span) ?? 0), 0);
  await meters.shutdown();
  return {
    truth,
    used,
    spans: [sumOf(spans, INPUT), sumOf(spans, OUTPUT), cost],
    metrics: [total('input_tokens'), total('output_tokens')],
    run: spans.find(({ name }) => name === 'invoke_agent writer')?.attributes ?? {},
    exceeded,
  };
}

function expectTruth({ truth, used, spans, metrics, run }: Seen): void {
  const { answers } = truth;
  const input = answers.reduce((sum, { usage }) => sum + usage.inputTokens, 0);
  const output = answers.reduce((sum, { usage }) => sum + usage.outputTokens, 0);
  const microUsd = answers.reduce((sum, { model, usage }) => {
    const cost = costOf({ provider: 'openai', model, usage });
    return sum + (cost?.exactMicroUsd ?? 0);
  }, 0);
  expect([spans[0], spans[1]]).toEqual([input, output]);
  expect(used).toMatchObject({ inputTokens: input, outputTokens: output });
  expect(run).toMatchObject({
    'llm_otel.rollup.usage.input_tokens': input,
    'llm_otel.rollup.usage.output_tokens': output,
  });
  expect(run).not.toHaveProperty(['llm_otel.rollup.partial']);
  expect(spans[2]).toBeCloseTo(microUsd, 3);
  expect(used.microUsd).toBeCloseTo(microUsd, 3);
  expect(used.inferenceCalls).toBe(truth.calls);
  if (truth.isMeasured) expect(metrics).toEqual([input, output]);
}

const RUNS = Number(process.env['RANDOM_CALLS'] ?? 120);

test('whoever sees a call, and however calls are nested, each answer counts once, in sums, runs, budgets, metrics and cost', async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      const once = await seen(plan, Number.MAX_SAFE_INTEGER);
      expectTruth(once);
      const tokens = once.used.inputTokens + once.used.outputTokens;
      const again = await seen(plan, tokens - 1);
      expectTruth(again);
      expect([once.exceeded, again.exceeded]).toEqual([0, 1]);
    }),
    {
      numRuns: RUNS,
      interruptAfterTimeLimit: 240_000,
      endOnFailure: process.env['RANDOM_CALLS'] === undefined,
    },
  );
}, 600_000);
