// What is kept stands for all traces like it: eight traces that differ in their ids alone, an eighth of all ids each, go
// through the same history, and the weights of what is kept of them come to eight.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callOf, EIGHT, policies, steps, weightOf, weightsBySpan } from '../../test/histories.ts';
import { child, span, type SpanOptions } from '../../test/spans.ts';
import { ERRORS, policyOf, RULE, setUp, type TailHarness } from '../../test/tail-harness.ts';
import { samplingPolicy } from '../live-policy.ts';
import type { SamplingRule } from '../policy/index.ts';
import type { TailSamplingLimits } from './limits.ts';

const OTHERS: SamplingRule = { name: 'others', keep: { ratio: 0.125 } };

/** Of what was kept, by the name of the span. */
function weights({ passed }: TailHarness): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const one of passed) sums[one.name] = (sums[one.name] ?? 0) + weightOf(one);
  return sums;
}

const all = (harness: TailHarness, make: typeof span, options: SpanOptions): void => {
  for (const traceId of EIGHT) harness.stage.onEnd(make({ ...options, traceId }));
};
const rulesOfRoots = ({ passed }: TailHarness): readonly unknown[] => [
  ...new Set(
    passed.filter(({ name }) => name === 'root').map(({ attributes }) => attributes[RULE]),
  ),
];

const pauses: Readonly<Record<string, (harness: TailHarness) => Promise<void> | void>> = {
  'a pause of three minutes': ({ clock }) => clock.advance(180_000),
  'two pauses': async (harness) => {
    await harness.clock.advance(180_000);
    all(harness, child, { name: 'between' });
    await harness.clock.advance(180_000);
  },
  'a flush': ({ stage }) => stage.drain?.(),
  'a deadline': async (harness) => {
    for (let minute = 0; minute < 12; minute++) {
      await harness.clock.advance(60_000);
      all(harness, child, { name: `minute ${minute}` });
    }
  },
};

describe.each(Object.entries(pauses))('over %s', (_, pause) => {
  test('a run that fails at its end stands for itself, and names the rule for errors', async () => {
    const harness = setUp(policyOf(ERRORS, OTHERS));
    all(harness, child, { name: 'first' });
    await pause(harness);
    all(harness, child, { name: 'later' });
    all(harness, span, { name: 'root', error: true });

    expect(harness.names().filter((name) => name === 'root')).toHaveLength(8);
    expect(weights(harness)).toMatchObject({ first: 8, later: 8, root: 8 });
    expect(rulesOfRoots(harness)).toEqual(['errors']);
  });

  test('a run that a larger share keeps in the end stands for what that one keeps', async () => {
    const half: SamplingRule = { name: 'half', when: { name: 'later' }, keep: { ratio: 0.5 } };
    const harness = setUp(policyOf(ERRORS, half, OTHERS));
    all(harness, child, { name: 'first' });
    await pause(harness);
    all(harness, child, { name: 'later' });
    all(harness, span, { name: 'root' });
    await harness.clock.advance(3000);

    expect(harness.names().filter((name) => name === 'root')).toHaveLength(4);
    expect(weights(harness)).toMatchObject({ first: 8, later: 8, root: 8 });
    expect(rulesOfRoots(harness)).toEqual(['half']);
  });

  test('a run that a smaller share would keep in the end goes on with its own', async () => {
    const none: SamplingRule = { name: 'none', when: { name: 'later' }, keep: 'none' };
    const few: SamplingRule = { name: 'few', when: { name: 'later' }, keep: { ratio: 0.125 } };
    for (const rule of [few, none]) {
      const harness = setUp(policyOf(ERRORS, rule, { ...OTHERS, keep: { ratio: 0.25 } }));
      all(harness, child, { name: 'first' });
      await pause(harness);
      all(harness, child, { name: 'later' });
      all(harness, span, { name: 'root' });
      await harness.clock.advance(3000);

      expect(weights(harness)).toMatchObject({ first: 8, later: 8, root: 8 });
    }
  });

  test('the reason of a run that is certain to be kept is the first rule that matches in the end', async () => {
    const slow: SamplingRule = { name: 'slow', when: { minDurationMillis: 1000 }, keep: 'all' };
    const live = samplingPolicy(policyOf(ERRORS, slow, OTHERS));
    const harness = setUp(live);
    all(harness, child, { name: 'first', end: 2000 });
    await pause(harness);
    all(harness, span, { name: 'root', error: true });

    expect(weights(harness)).toMatchObject({ first: 8, root: 8 });
    expect(rulesOfRoots(harness)).toEqual(['errors']);
    expect(live.rates()['errors']).toMatchObject({ kept: 8, dropped: 0 });
    await harness.clock.advance(250);
    expect(harness.clock.pendingTimers).toEqual([]);
  });
});

test('under a rate, a run that fails stands for itself, and what the rate has kept for nobody knows', async () => {
  const rate: SamplingRule = { name: 'rate', keep: { rate: { tracesPerSecond: 1, burst: 3 } } };
  const harness = setUp(policyOf(ERRORS, rate));
  all(harness, child, { name: 'first' });
  await harness.clock.advance(180_000);
  all(harness, child, { name: 'later', error: true });
  all(harness, span, { name: 'root' });

  expect(weights(harness)).toEqual({ first: Number.NaN, later: 8, root: 8 });
  expect(harness.names().filter((name) => name === 'first')).toHaveLength(3);
  expect(rulesOfRoots(harness)).toEqual(['errors']);
});

test('a service that is called again stands for itself where the second call fails', async () => {
  const harness = setUp(policyOf(ERRORS, OTHERS));
  const remote = { parent: { isRemote: true } };
  all(harness, span, { name: 'call 1', ...remote });
  await harness.clock.advance(3000);
  all(harness, span, { name: 'call 2', error: true, ...remote });
  await harness.clock.advance(3000);
  all(harness, span, { name: 'call 3', ...remote });

  expect(weights(harness)).toEqual({ 'call 1': 8, 'call 2': 8, 'call 3': 8 });
});

test('an outer call that is slow stands for itself, though the inner one has ended long before', async () => {
  const slow: SamplingRule = { name: 'slow', when: { minDurationMillis: 30_000 }, keep: 'all' };
  const harness = setUp(policyOf(ERRORS, slow, OTHERS));
  all(harness, span, { name: 'inner', end: 10, parent: { isRemote: true } });
  await harness.clock.advance(40_000);
  all(harness, span, { name: 'root', end: 40_000 });

  expect(weights(harness)).toEqual({ inner: 8, root: 8 });
  expect(rulesOfRoots(harness)).toEqual(['slow']);
});

test('a span that comes late goes on at once where its trace is kept', async () => {
  const harness = setUp(policyOf(ERRORS, OTHERS));
  all(harness, span, { name: 'root' });
  await harness.clock.advance(3000);
  all(harness, child, { name: 'late' });

  expect(weights(harness)).toEqual({ root: 8, late: 8 });
  all(harness, child, { name: 'late failure', error: true });
  expect(weights(harness)).toMatchObject({ 'late failure': 8 });
});

test('under stress as well', async () => {
  const harness = setUp(policyOf(ERRORS, OTHERS), { maxTraces: 10, stressRatio: 0.125 });
  for (let at = 0; at < 10; at++) harness.stage.onEnd(child({ traceId: `${at}`.repeat(32) }));
  all(harness, child, { name: 'first' });
  all(harness, child, { name: 'later' });
  expect(weights(harness)).toMatchObject({ first: 8, later: 8 });
  all(harness, span, { name: 'root', error: true });

  expect(weights(harness)).toMatchObject({ root: 8 });
  expect(rulesOfRoots(harness)).toEqual(['errors']);
});

test('every span, over any pauses, deadlines, flushes and limits', async () => {
  const limits: TailSamplingLimits = {
    decisionDelayMillis: 500,
    deadlineMillis: 3000,
    idleMillis: 1500,
    maxSpansPerTrace: 4,
  };
  await fc.assert(
    fc.asyncProperty(policies, fc.array(steps, { maxLength: 20 }), async (policy, history) => {
      const harness = setUp(policy, limits);
      let spans = 0;
      for (const one of history) {
        if ('advance' in one) await harness.clock.advance(one.advance);
        else if ('drain' in one) harness.stage.drain?.();
        else {
          const { name, error, tokens, end } = one;
          const attributes = callOf(tokens);
          const spanId = `${++spans}`.padStart(16, '0');
          all(harness, child, { name, error, end, attributes, spanId });
        }
      }
      all(harness, span, { name: 'root', spanId: `${++spans}`.padStart(16, '0') });
      await harness.clock.advance(10_000);

      for (const [spanId, sum] of weightsBySpan(harness.passed))
        expect(sum, `span ${spanId}`).toBeCloseTo(8, 6);
      expect(harness.stage.heldSpans?.()).toBe(0);
    }),
    { numRuns: 500 },
  );
});
