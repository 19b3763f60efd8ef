import { createTraceState, SpanStatusCode } from '@opentelemetry/api';
import { InvalidOptionError } from '@llm-otel/core';
import { seededRandom } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { recording } from '../../test/recording.ts';
import { child, span, TRACE_IDS } from '../../test/spans.ts';
import { ERRORS, HALF, NONE, policyOf } from '../../test/tail-harness.ts';
import { productionPolicy } from '../policy/index.ts';
import { simulate } from './simulate.ts';
import { SimulationRun } from './simulation-run.ts';
import { spansFromOtlpJson } from './spans-from-otlp-json.ts';

const spans = spansFromOtlpJson(recording(2000));
const [LOW, HIGH] = [TRACE_IDS[1] as string, TRACE_IDS[7] as string];

/** Of older SDKs, cut off, so that the parents of all spans are missing. */
function cutOff(count: number, flags?: number): string {
  const random = seededRandom('cut off');
  const lost = Array.from({ length: count }, () => ({
    traceId: random.hex(32),
    spanId: random.hex(16),
    parentSpanId: random.hex(16),
    name: 'chat',
    ...(flags === undefined ? undefined : { flags }),
  }));
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: lost }] }] });
}

test.each([undefined, 1])(
  'nobody is taken for a caller that has sampled because a recording with the flags %j lacks parents',
  (flags) => {
    const { kept } = simulate(productionPolicy, spansFromOtlpJson(cutOff(2000, flags)));

    expect(Math.abs(kept.traces - 200)).toBeLessThan(5 * Math.sqrt(2000 * 0.1 * 0.9));
  },
);

test('a caller that is known to have sampled is followed', () => {
  const { kept } = simulate(productionPolicy, spansFromOtlpJson(cutOff(200, 0x301)));

  expect(kept.traces).toBe(200);
});

describe('a simulation', () => {
  test('keeps and drops what adds up to the recording', () => {
    const result = simulate(productionPolicy, spans);
    const { kept, dropped, rules } = result;

    expect(kept.traces + dropped.traces).toBe(2000);
    expect(kept.spans + dropped.spans).toBe(spans.length);
    for (const part of ['kept', 'dropped'] as const) {
      const of = (member: 'traces' | 'spans' | 'bytes' | 'tokens' | 'costMicroUsd'): number =>
        rules.reduce((sum, rule) => sum + rule[part][member], 0);
      expect([of('traces'), of('spans'), of('bytes'), of('tokens')]).toEqual([
        result[part].traces,
        result[part].spans,
        result[part].bytes,
        result[part].tokens,
      ]);
    }
    const { bytes } = simulate('development', spans).kept;
    expect(kept.bytes + dropped.bytes).toBe(bytes);
  });

  test('tells of each rule what it did, and misses no error with a policy that keeps them', () => {
    const { rules, kept, missed, torn } = simulate(productionPolicy, spans);

    expect(rules.map(({ name }) => name)).toEqual(['errors', 'slow', 'costly', 'others']);
    expect(rules[0]?.dropped.traces).toBe(0);
    expect(kept.errors).toBe(new Set(failed()).size);
    expect([missed.errors, torn]).toEqual([[], 0]);
    const others = rules[3];
    const all = (others?.kept.traces ?? 0) + (others?.dropped.traces ?? 0);
    expect(Math.abs((others?.kept.traces ?? 0) - all / 10)).toBeLessThan(5 * Math.sqrt(all * 0.09));
    expect(missed.slowest?.durationMillis).toBeLessThan(30_000);
    expect(missed.costliest?.costMicroUsd).toBeLessThan(100_000);
  });

  const failed = (): string[] =>
    spans
      .filter(({ status }) => status.code === SpanStatusCode.ERROR)
      .map((one) => one.spanContext().traceId);

  test('names what a policy would have missed: errors, the slowest, the costliest', () => {
    const call = { 'gen_ai.operation.name': 'chat', 'llm_otel.cost.micro_usd': 70 };
    const { missed, dropped, kept } = simulate(policyOf(NONE), [
      span({ traceId: LOW, name: 'slow', end: 5000 }),
      child({ traceId: HIGH, name: 'call', attributes: call, end: 50, error: true }),
      span({ traceId: HIGH, name: 'costly', end: 100 }),
    ]);

    const costly = { traceId: HIGH, name: 'costly', durationMillis: 100, costMicroUsd: 70 };
    expect(missed).toEqual({
      errors: [costly],
      slowest: { traceId: LOW, name: 'slow', durationMillis: 5000, costMicroUsd: 0 },
      costliest: costly,
    });
    expect([dropped.traces, dropped.errors, kept.traces]).toEqual([2, 1, 0]);
  });

  test('goes by the times of the recording, in whatever order the spans come', () => {
    const late = [
      span({ traceId: LOW, end: 1000 }),
      // Half a minute behind its root.
      child({ traceId: LOW, end: 31_000, error: true }),
    ];
    for (const order of [late, late.toReversed()]) {
      const { kept, dropped, rules } = simulate(policyOf(ERRORS, HALF), order);
      expect([kept.spans, dropped.spans]).toEqual([1, 1]);
      expect(rules.map(({ name }) => name)).toEqual(['errors']);
    }
  });

  test('counts a trace that is kept in part as kept, and says how many there are', () => {
    const { kept, dropped, torn } = simulate(
      policyOf(ERRORS, HALF),
      [
        child({ traceId: LOW, end: 1 }),
        child({ traceId: LOW, end: 9000, error: true }),
        span({ traceId: LOW, end: 9001 }),
      ],
      { limits: { deadlineMillis: 3000 } },
    );

    expect([kept.traces, kept.spans, dropped.traces, dropped.spans, torn]).toEqual([1, 2, 0, 1, 1]);
  });

  test('has a sampler for each process, or one for all together', () => {
    const trace = [
      child({ traceId: LOW, service: 'api', error: true, parent: { isRemote: true } }),
      span({ traceId: LOW, service: 'desk' }),
    ];

    const apart = simulate(policyOf(ERRORS, NONE), trace);
    expect([apart.kept.spans, apart.torn]).toEqual([1, 1]);
    const together = simulate(policyOf(ERRORS, NONE), trace, { together: true });
    expect([together.kept.spans, together.torn]).toEqual([2, 0]);
  });

  test('tells of memory, of stress and of traces that were sampled before', () => {
    const context = { traceState: createTraceState('ot=th:8') };
    const many = Array.from({ length: 200 }, (_, at) =>
      span({ traceId: `${at + 1}`.padStart(18, 'a').concat('8'.repeat(14)), context }),
    );
    const { peak, sampledBefore, rules } = simulate(policyOf(HALF), many, {
      limits: { maxTraces: 50 },
    });

    expect(peak.traces).toBe(44);
    expect(peak.bytes).toBeGreaterThan(10_000);
    expect(peak.stressed).toBe(156);
    expect(sampledBefore).toBe(200);
    expect(rules.map(({ name }) => name)).toEqual(['half', 'stress_relief']);
  });

  test('the load of adaptive rules is given', () => {
    const policy = policyOf({ name: 'load', keep: { adaptive: { base: 1, aboveLoad: 0.5 } } });

    expect(simulate(policy, spans).kept.traces).toBe(2000);
    const { traces } = simulate(policy, spans, { load: 0.9 }).kept;
    expect(traces).toBeGreaterThan(150);
    expect(traces).toBeLessThan(260);
  });

  test('more traces than are remembered one by one come to the same', () => {
    const inOrder = spans.toSorted(({ endTime: [a, b] }, { endTime: [c, d] }) => a - c || b - d);
    const run = new SimulationRun(productionPolicy, {}, 100);
    for (const one of inOrder) run.end(one);

    // Missed traces of the same length may be others.
    const { missed, ...figures } = run.finish();
    const { missed: missedOfAll, ...figuresOfAll } = simulate(productionPolicy, spans);
    expect(figures).toEqual(figuresOfAll);
    expect(missed.slowest?.durationMillis).toBe(missedOfAll.slowest?.durationMillis);
  });

  test('nothing recorded is nothing kept; a wrong policy is refused', () => {
    expect(simulate('development', [])).toMatchObject({ durationMillis: 0, rules: [] });
    expect(() => simulate('nonsense', [])).toThrow(InvalidOptionError);
  });
});
