// The tail sampler of the SDK and the compiled Collector get the same 20,000 traces, and keep the same ones.
import type { ReadableSpan } from '@llm-otel/core';
import { tailSampling, traceTotals } from '@llm-otel/sampling';
import type { SamplingPolicy } from '@llm-otel/sampling/policy';
import { fakeClock, seededRandom, startOtlpSink } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { sendAll, startCompiled } from './gateway.ts';
import { madePolicy } from './made-policy.ts';
import { madeTraces } from './made-traces.ts';

const TRACES = 20_000;

/** Trace ids with the number of their spans that were kept. */
type Kept = ReadonlyMap<string, number>;

function countByTrace(spans: readonly { readonly traceId: string }[]): Kept {
  const counts = new Map<string, number>();
  for (const { traceId } of spans) counts.set(traceId, (counts.get(traceId) ?? 0) + 1);
  return counts;
}

function keptInProcess(policy: SamplingPolicy, spans: readonly ReadableSpan[]): Kept {
  const kept: { traceId: string }[] = [];
  const stage = tailSampling(
    policy,
    {},
    { clock: fakeClock() },
  )(
    { onEnd: (span) => kept.push({ traceId: span.spanContext().traceId }) },
    { sampledOut: () => undefined, dropped: () => undefined },
  );
  for (const [index, span] of spans.entries()) {
    stage.onEnd(span);
    // Its limits are those of one process, far below 20,000 open traces.
    if (index % 500 === 0) drainAtRoot(span);
  }
  stage.drain?.();
  return countByTrace(kept);

  function drainAtRoot(span: ReadableSpan): void {
    if (span.parentSpanContext === undefined) stage.drain?.();
  }
}

async function keptByCollector(
  policy: SamplingPolicy,
  spans: readonly ReadableSpan[],
): Promise<Kept> {
  await using sink = await startOtlpSink();
  await using gateway = await startCompiled({
    tier: 'gateway',
    input: {
      sampling: policy,
      exporters: [{ type: 'otlp_http', endpoint: sink.url }],
      fleet: { platform: 'none', gateways: ['gateway:4317'] },
    },
    // So that everything is there once it has ended.
    override: { exporters: { otlp_http: { sending_queue: { enabled: false } } } },
  });
  await sendAll(spans, gateway.tracesUrl);
  // It decides about what is open before it ends.
  await gateway.collector.stop();
  return countByTrace(sink.spans);
}

const exactPolicies: Readonly<Record<string, SamplingPolicy>> = {
  'errors and a tenth': {
    version: 1,
    rules: [
      { name: 'errors', when: { error: true }, keep: 'all' },
      { name: 'others', keep: { ratio: 0.1 } },
    ],
  },
  'shares that rise and fall, rules that drop in the middle': {
    version: 1,
    floor: 0.02,
    ceiling: 0.85,
    rules: [
      { name: 'health', when: { name: 'GET /health*', kind: 'server' }, keep: 'none' },
      { name: 'errors', when: { error: true, service: 'mail' }, keep: { ratio: 0.5 } },
      { name: 'quiet batch', when: { error: false, service: '*-batch' }, keep: { ratio: 0.001 } },
      { name: 'batch', when: { service: 'orders-batch' }, keep: 'none' },
      { name: 'writer', when: { agent: '*writer*', model: 'gpt-*' }, keep: { ratio: 0.33 } },
      { name: 'tickets', when: { name: 'answer ticket' }, keep: 'all' },
      { name: 'others', keep: { ratio: 1 } },
    ],
  },
  'every condition on a span': {
    version: 1,
    rules: [
      {
        name: 'server errors',
        when: {
          attributes: { 'http.response.status_code': { min: 500, max: 599 }, 'app.retry': true },
        },
        keep: { ratio: 0.2 },
      },
      {
        name: 'level',
        when: { attributes: { 'app.level': 3, 'app.share': { min: 0.5, max: 0.5 } } },
        keep: { ratio: 0.6 },
      },
      {
        name: 'types',
        when: {
          attributes: { 'error.type': { oneOf: [7, false] }, 'app.note': { exists: false } },
        },
        keep: 'none',
      },
      {
        name: 'note',
        when: { attributes: { 'app.note': { like: 'a.b*c', exists: true } } },
        keep: { ratio: 0.9 },
      },
      { name: 'tier', when: { attributes: { 'app.tier': 'silver "plus"' } }, keep: { ratio: 0.4 } },
      {
        name: 'tier with a line break',
        when: { attributes: { 'app.tier': { like: 'none*' } } },
        keep: { ratio: 0.05 },
      },
      {
        name: 'timeouts',
        when: { attributes: { 'error.type': { like: 'timeout*' } }, kind: 'client' },
        keep: { ratio: 0.5 },
      },
    ],
  },
  'evaluations and feedback': {
    version: 1,
    rules: [
      {
        name: 'bad answers',
        when: { evaluation: { name: 'relevance', label: 'fail*', maxScore: 0.4 } },
        keep: 'all',
      },
      { name: 'complaints', when: { feedback: { maxScore: 0 } }, keep: 'all' },
      {
        name: 'praise',
        when: { feedback: { minScore: 0.75, label: 'pass' } },
        keep: { ratio: 0.5 },
      },
      { name: 'evaluated', when: { evaluation: {} }, keep: { ratio: 0.25 } },
      { name: 'others', keep: 'none' },
    ],
  },
};

describe('exact policies', () => {
  test.each(Object.entries(exactPolicies))('%s: the same traces, whole', async (_name, policy) => {
    const spans = madeTraces(TRACES, 7);

    const expected = keptInProcess(policy, spans);
    const kept = await keptByCollector(policy, spans);

    expect(expected.size).toBeGreaterThan(TRACES / 100);
    expect(expected.size).toBeLessThan(TRACES);
    expect(differencesOf(expected, kept)).toEqual([]);
  });
});

describe('policies put together at random', () => {
  test.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'seed %i: the same traces, whole',
    async (seed) => {
      const policy = madePolicy(seededRandom(seed));
      const spans = madeTraces(600, seed);

      const differences = differencesOf(
        keptInProcess(policy, spans),
        await keptByCollector(policy, spans),
      );

      expect(differences, JSON.stringify(policy)).toEqual([]);
    },
  );
});

describe('approximate policies', () => {
  test('minimums of tokens, cost and spans: the same traces, as long as a trace has one process', async () => {
    const policy: SamplingPolicy = {
      version: 1,
      rules: [
        { name: 'costly', when: { minCostMicroUsd: 1200 }, keep: 'all' },
        { name: 'long', when: { minTokens: 1800, minSpans: 4 }, keep: { ratio: 0.6 } },
        { name: 'some', when: { minTokens: 1 }, keep: { ratio: 0.1 } },
        { name: 'others', keep: 'none' },
      ],
    };
    const spans = withTotals(madeTraces(TRACES, 19));

    const expected = keptInProcess(policy, spans);

    expect(expected.size).toBeGreaterThan(TRACES / 20);
    expect(differencesOf(expected, await keptByCollector(policy, spans))).toEqual([]);
  });

  test('a shortest time: only traces less than a millisecond off the threshold may differ', async () => {
    const least = 60;
    const policy: SamplingPolicy = {
      version: 1,
      rules: [
        { name: 'slow', when: { minDurationMillis: least }, keep: 'all' },
        { name: 'others', keep: 'none' },
      ],
    };
    const spans = madeTraces(TRACES, 37, true);

    const expected = keptInProcess(policy, spans);
    const kept = await keptByCollector(policy, spans);

    const differing = new Set(differencesOf(expected, kept).map((line) => line.slice(0, 32)));
    const durations = durationsOf(spans);
    const far = [...differing].filter((id) => Math.abs((durations.get(id) ?? 0) - least) >= 1);
    expect(far).toEqual([]);
    expect(expected.size).toBeGreaterThan(TRACES / 20);
    // Two of a hundred at most, where all traces are about as long as the threshold.
    expect(differing.size).toBeLessThan(TRACES / 50);
    process.stdout.write(
      `result: ${differing.size} of ${TRACES} traces differ by their duration\n`,
    );
  });
});

/** As they leave a process with `traceTotals`. */
function withTotals(spans: readonly ReadableSpan[]): ReadableSpan[] {
  const changed: ReadableSpan[] = [];
  const stage = traceTotals()(
    { onEnd: (span) => void changed.push(span) },
    { sampledOut: () => undefined, dropped: () => undefined },
  );
  for (const span of spans) stage.onEnd(span);
  return changed;
}

/** In milliseconds, with fractions, by trace id. */
function durationsOf(spans: readonly ReadableSpan[]): ReadonlyMap<string, number> {
  const times = new Map<string, { start: number; end: number }>();
  for (const span of spans) {
    const { traceId } = span.spanContext();
    const start = span.startTime[1] / 1e6;
    const end = span.endTime[1] / 1e6;
    const known = times.get(traceId) ?? { start, end };
    times.set(traceId, { start: Math.min(known.start, start), end: Math.max(known.end, end) });
  }
  return new Map([...times].map(([id, { start, end }]) => [id, end - start]));
}

function differencesOf(expected: Kept, kept: Kept): readonly string[] {
  const ids = new Set([...expected.keys(), ...kept.keys()]);
  return [...ids]
    .filter((id) => expected.get(id) !== kept.get(id))
    .map(
      (id) =>
        `${id}: ${expected.get(id) ?? 0} spans in process, ${kept.get(id) ?? 0} by the Collector`,
    );
}
