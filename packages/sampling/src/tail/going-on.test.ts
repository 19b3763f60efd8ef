import type { ReadableSpan } from '@llm-otel/core';
import { describe, expect, test } from 'vitest';
import { child, span, TRACE_IDS } from '../../test/spans.ts';
import {
  ERRORS,
  HALF,
  NONE,
  PARTIAL,
  policyOf,
  RULE,
  setUp,
  type TailHarness,
} from '../../test/tail-harness.ts';
import { samplingPolicy } from '../live-policy.ts';
import type { SamplingCondition, SamplingRule } from '../policy/index.ts';
import type { TailBuffer } from './tail-buffer.ts';

const LOW = TRACE_IDS[1] as string;
const HIGH = TRACE_IDS[7] as string;
const keepIf = (when: SamplingCondition): SamplingRule => ({ name: 'wanted', when, keep: 'all' });

/** What may come between two parts of a trace, and let go of its spans. */
const pauses: Readonly<Record<string, (harness: TailHarness) => Promise<void> | void>> = {
  'a pause of 200 seconds': ({ clock }) => clock.advance(200_000),
  'two pauses': async ({ clock, stage }) => {
    await clock.advance(200_000);
    stage.onEnd(child({ traceId: LOW }));
    await clock.advance(200_000);
  },
  'a flush': ({ stage }) => stage.drain?.(),
  'a lack of room': async ({ clock, stage }) => {
    await clock.advance(100_000);
    const huge = { text: 'x'.repeat(90_000) };
    stage.onEnd(child({ traceId: HIGH, attributes: huge }));
    stage.onEnd(child({ traceId: HIGH, attributes: huge }));
    expect((stage as TailBuffer).isHolding(LOW)).toBe(false);
  },
  'a deadline': async ({ clock, stage }) => {
    for (let minute = 0; minute < 12; minute++) {
      stage.onEnd(child({ traceId: LOW }));
      await clock.advance(60_000);
    }
  },
  'the end of a local root': async ({ clock, stage }) => {
    stage.onEnd(span({ traceId: LOW, name: 'first root', parent: { isRemote: true } }));
    await clock.advance(3000);
  },
};

const callOf = (attributes: Record<string, unknown>): ReadableSpan =>
  child({ traceId: LOW, attributes: { 'gen_ai.operation.name': 'chat', ...attributes } });
const usage = callOf({ 'gen_ai.usage.input_tokens': 60, 'llm_otel.cost.micro_usd': 60 });
const evaluated = {
  ...child({ traceId: LOW }),
  events: [
    {
      name: 'gen_ai.evaluation.result',
      time: [0, 0] as [number, number],
      attributes: { 'gen_ai.evaluation.name': 'user_feedback', 'gen_ai.evaluation.score.value': 0 },
    },
  ],
};
const root = span({ traceId: LOW, name: 'root' });
const parts: readonly [string, SamplingCondition, ReadableSpan, ReadableSpan][] = [
  ['tokens', { minTokens: 100 }, usage, usage],
  ['cost', { minCostMicroUsd: 100 }, usage, usage],
  [
    'a condition on a span, and an error',
    { error: true, attributes: { tier: 'vip' } },
    child({ traceId: LOW, attributes: { tier: 'vip' } }),
    child({ traceId: LOW, error: true }),
  ],
  [
    'feedback, and a name',
    { feedback: { maxScore: 0 }, name: 'wanted' },
    evaluated,
    child({ traceId: LOW, name: 'wanted' }),
  ],
  [
    'a duration',
    { minDurationMillis: 5_000_000 },
    child({ traceId: LOW, start: 1000, end: 1001 }),
    child({ traceId: LOW, start: 6_000_000, end: 6_000_001 }),
  ],
];

describe.each(Object.entries(pauses))('over %s', (_, pause) => {
  test.each(parts)('%s of a dropped trace are remembered', async (__, when, first, second) => {
    const harness = setUp(policyOf(keepIf(when), NONE), { maxBytes: 150_000 });
    const { stage, passed } = harness;
    stage.onEnd(first);
    await pause(harness);
    expect(passed).toEqual([]);

    stage.onEnd(second);
    stage.onEnd(root);

    expect(passed.slice(-2).map(({ name }) => name)).toEqual([second.name, 'root']);
    expect(passed.at(-1)?.attributes).toEqual({ [RULE]: 'wanted', [PARTIAL]: true });
  });
});

test('the number of spans goes on as well', () => {
  const { stage, names } = setUp(policyOf(keepIf({ minSpans: 4 }), NONE));
  for (const name of ['1', '2', '3', '4']) {
    stage.onEnd(child({ traceId: LOW, name }));
    stage.drain?.();
  }

  expect(names()).toEqual(['4']);
});

describe('a service that is called again in the same trace', () => {
  const call = (name: string, error = false): ReadableSpan =>
    span({ traceId: LOW, name, error, parent: { isRemote: true } });

  test('is asked about again: the call that a rule keeps is kept, with its spans', async () => {
    const { clock, stage, names, passed, sampledOut } = setUp(policyOf(ERRORS, NONE));
    stage.onEnd(call('first'));
    await clock.advance(3000);
    stage.onEnd(child({ traceId: LOW, name: 'step' }));
    await clock.advance(30_000);
    stage.onEnd(call('second', true));

    expect([names(), sampledOut]).toEqual([['step', 'second'], { none: 1 }]);
    expect(passed[1]?.attributes).toEqual({ [RULE]: 'errors', [PARTIAL]: true });
    stage.onEnd(call('third'));
    expect(names()).toHaveLength(3);
  });

  test('an outer call that fails after an inner one has been dropped is kept', async () => {
    const { clock, stage, names } = setUp(policyOf(ERRORS, HALF));
    stage.onEnd(call('inner'));
    await clock.advance(10_000);
    stage.onEnd(span({ traceId: LOW, name: 'outer', error: true }));

    expect(names()).toEqual(['outer']);
  });

  test('a kept trace stays kept, and each call says which rule was the first by its end', async () => {
    const { clock, stage, passed } = setUp(policyOf(ERRORS, HALF));
    const again = (error: boolean): ReadableSpan =>
      span({ traceId: HIGH, error, parent: { isRemote: true } });
    for (const error of [false, false, true, false]) {
      stage.onEnd(again(error));
      await clock.advance(3000);
    }

    expect(passed.map(({ attributes }) => attributes)).toEqual([
      { [RULE]: 'half' },
      { [RULE]: 'half' },
      { [RULE]: 'errors' },
      { [RULE]: 'errors' },
    ]);
  });

  test('the rule that dropped a trace drops the rest of it, whatever its rate has by then', async () => {
    const limited: SamplingRule = { name: 'rate', keep: { rate: { tracesPerSecond: 1 } } };
    const { clock, stage, names, sampledOut } = setUp(policyOf(ERRORS, limited));
    stage.onEnd(span({ traceId: HIGH, name: 'kept' }));
    stage.onEnd(call('dropped'));
    await clock.advance(60_000);
    stage.onEnd(call('again'));
    await clock.advance(3000);
    stage.onEnd(span({ traceId: TRACE_IDS[2] as string, name: 'has a token' }));
    await clock.advance(3000);

    expect([names(), sampledOut]).toEqual([['kept', 'has a token'], { rate: 2 }]);
  });

  test('what no rule can bring back is not held again', async () => {
    const quiet: SamplingRule = { name: 'quiet', when: { name: 'first' }, keep: 'none' };
    for (const policy of [policyOf(HALF), policyOf(quiet, ERRORS, HALF)]) {
      const { clock, stage, names, held } = setUp(policy);
      stage.onEnd(call('first'));
      await clock.advance(3000);
      stage.onEnd(call('second', true));

      expect([names(), held()]).toEqual([[], 0]);
      expect((stage as TailBuffer).stats().summaries).toBe(0);
    }
  });
});

describe('the reason', () => {
  const costly: SamplingRule = { name: 'costly', when: { minCostMicroUsd: 50 }, keep: 'all' };

  test('is the first rule that matches, also where the trace was released by another one before', async () => {
    const live = samplingPolicy(policyOf(ERRORS, costly, NONE));
    const { stage, names, passed } = setUp(live);
    stage.onEnd(usage);
    expect(names()).toEqual(['work']);
    expect(live.rates()['costly']?.kept).toBe(0);

    stage.onEnd(span({ traceId: LOW, error: true }));

    expect(passed[1]?.attributes).toEqual({ [RULE]: 'errors' });
    expect([live.rates()['errors']?.kept, live.rates()['costly']?.kept]).toEqual([1, 0]);
  });

  test('of dropped spans as well', () => {
    const bots: SamplingRule = { name: 'bots', when: { name: 'bot' }, keep: 'none' };
    const cheap: SamplingRule = { name: 'health', when: { name: 'health' }, keep: 'none' };
    const { stage, held, sampledOut } = setUp(policyOf(bots, cheap, HALF));
    stage.onEnd(child({ traceId: LOW, name: 'health' }));
    stage.onEnd(span({ traceId: LOW, name: 'bot' }));

    expect([sampledOut, held()]).toEqual([{ health: 1, bots: 1 }, 0]);
  });

  test('is the first to match by its end over pauses as well, and each is counted once', async () => {
    const live = samplingPolicy(policyOf(ERRORS, costly, NONE));
    const { clock, stage, passed } = setUp(live);
    stage.onEnd(usage);
    await clock.advance(200_000);
    stage.onEnd(child({ traceId: LOW }));
    await clock.advance(200_000);
    stage.onEnd(span({ traceId: LOW, error: true }));

    expect(passed[2]?.attributes).toEqual({ [RULE]: 'errors' });
    expect([live.rates()['costly']?.kept, live.rates()['errors']?.kept]).toEqual([1, 1]);
    await clock.advance(250);
    expect(clock.pendingTimers).toEqual([]);
  });

  test('is the one known by then where there is no room to remember more', async () => {
    const { clock, stage, passed } = setUp(policyOf(ERRORS, costly, NONE), { maxBytes: 480 * 8 });
    stage.onEnd(usage);
    await clock.advance(200_000);
    stage.onEnd(child({ traceId: HIGH }));
    stage.drain?.();
    stage.onEnd(span({ traceId: LOW, error: true }));

    expect(passed[1]?.attributes).toEqual({ [RULE]: 'costly' });
  });
});

describe('summaries of dropped traces', () => {
  const dropped = (harness: TailHarness, traceId: string, isRoot = false): void => {
    harness.stage.onEnd((isRoot ? span : child)({ traceId }));
    harness.stage.drain?.();
  };
  const idOf = (at: number): string =>
    `0af7651916cd43dd84000000${at.toString(16).padStart(8, '0')}`;

  test('take an eighth of the bytes at most; those whose root has ended are forgotten first', () => {
    const harness = setUp(policyOf(keepIf({ minSpans: 2 }), NONE), { maxBytes: 480 * 8 * 4 });
    for (let at = 0; at < 3; at++) dropped(harness, idOf(at));
    for (let at = 100; at < 200; at++) dropped(harness, idOf(at), true);
    const buffer = harness.stage as TailBuffer;
    expect(buffer.stats()).toMatchObject({ summaries: 4, traces: 0 });

    for (let at = 0; at < 3; at++) harness.stage.onEnd(child({ traceId: idOf(at) }));
    expect(harness.passed).toHaveLength(3);
    harness.stage.onEnd(child({ traceId: idOf(150) }));
    expect(harness.passed).toHaveLength(3);
  });

  test('are forgotten after a day', async () => {
    const harness = setUp(policyOf(keepIf({ minSpans: 2 }), NONE));
    for (let at = 0; at < 3; at++) dropped(harness, idOf(at));
    await harness.clock.advance(90_000_000);
    for (let at = 10; at < 13; at++) dropped(harness, idOf(at));

    expect((harness.stage as TailBuffer).stats().summaries).toBe(3);
  });

  test('go with the sampler', () => {
    const harness = setUp(policyOf(ERRORS, NONE));
    dropped(harness, LOW);
    harness.stage.close?.();

    expect((harness.stage as TailBuffer).stats().summaries).toBe(0);
  });
});

test('roots that were decided at once are not remembered until their delay has passed', async () => {
  const { clock, stage } = setUp(policyOf({ name: 'everything', keep: 'all' }));
  stage.onEnd(child({ traceId: LOW }));
  for (let at = 0; at < 10; at++) stage.onEnd(span({ traceId: `${LOW.slice(0, 31)}${at}` }));

  expect((stage as TailBuffer).stats()).toMatchObject({ traces: 0, bytes: 0 });
  await clock.advance(250);
  expect(clock.pendingTimers).toEqual([]);
});
