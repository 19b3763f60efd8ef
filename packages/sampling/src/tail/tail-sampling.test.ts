import type { Clock } from '@llm-otel/core';
import { describe, expect, test } from 'vitest';
import { child, span, TRACE_IDS } from '../../test/spans.ts';
import { ERRORS, HALF, NONE, PARTIAL, policyOf, RULE, setUp } from '../../test/tail-harness.ts';
import type { SamplingRule } from '../policy/index.ts';
import { tailSampling } from './tail-sampling.ts';

const LOW = TRACE_IDS[1] as string;
const HIGH = TRACE_IDS[7] as string;

describe('when a trace is decided', () => {
  test('some time after its local root has ended, with the spans that came until then', async () => {
    const { clock, stage, names, held } = setUp(policyOf(HALF));
    stage.onEnd(child({ name: 'first' }));
    stage.onEnd(span({ name: 'root' }));

    await clock.advance(1500);
    stage.onEnd(child({ name: 'straggler' }));
    expect([names(), held()]).toEqual([[], 3]);

    await clock.advance(750);
    expect([names(), held()]).toEqual([['first', 'root', 'straggler'], 0]);
  });

  test('at the deadline where no root ends, however lively the trace is', async () => {
    const { clock, stage, names } = setUp(policyOf(HALF), { deadlineMillis: 30_000 });
    for (let second = 0; second < 29; second++) {
      stage.onEnd(child());
      await clock.advance(1000);
    }
    expect(names()).toEqual([]);

    await clock.advance(1250);
    expect(names()).toHaveLength(29);
  });

  test('when it has been idle for long enough', async () => {
    const { clock, stage, names } = setUp(policyOf(HALF), { idleMillis: 3000 });
    stage.onEnd(child({ name: 'first' }));
    await clock.advance(2000);
    stage.onEnd(child({ name: 'second' }));

    await clock.advance(2500);
    expect(names()).toEqual([]);
    await clock.advance(2000);
    expect(names()).toEqual(['first', 'second']);
  });

  test('at once where a rule is certain, and what follows goes straight on', () => {
    const { stage, names, held } = setUp(policyOf(ERRORS, NONE));
    stage.onEnd(child({ name: 'before' }));
    expect(held()).toBe(1);

    stage.onEnd(child({ name: 'failed', error: true }));
    stage.onEnd(child({ name: 'after' }));

    expect(names()).toEqual(['before', 'failed', 'after']);
    expect(held()).toBe(0);
  });

  test('not at once where a rule in front may still decide otherwise', async () => {
    const quiet: SamplingRule = { name: 'health', when: { name: 'GET /health' }, keep: 'none' };
    const { clock, stage, names, sampledOut } = setUp(policyOf(quiet, ERRORS, NONE));
    stage.onEnd(child({ error: true }));
    expect(names()).toEqual([]);

    stage.onEnd(span({ name: 'GET /health' }));
    await clock.advance(2500);

    expect(sampledOut).toEqual({ health: 2 });
  });

  test('with the first span where the policy keeps everything', () => {
    const { stage, names, passed } = setUp(policyOf({ name: 'everything', keep: 'all' }));

    stage.onEnd(child({ name: 'first' }));
    stage.onEnd(span({ name: 'root' }));

    expect(names()).toEqual(['first', 'root']);
    // Nothing more could have changed it.
    expect(passed[1]?.attributes).toEqual({ [RULE]: 'everything' });
  });

  test('by a flush, whatever is held', () => {
    const { stage, names, sampledOut, held, clock } = setUp(policyOf(HALF));
    stage.onEnd(child({ traceId: HIGH }));
    stage.onEnd(child({ traceId: LOW }));

    stage.drain?.();

    expect([names().length, sampledOut, held()]).toEqual([1, { half: 1 }, 0]);
    expect(clock.pendingTimers).toEqual([]);
  });

  test('with the whole delay, also where the program has kept timers from running', async () => {
    let now = 0;
    const timers: (() => void)[] = [];
    const blocked: Clock = {
      epochMillis: () => now,
      monotonicMillis: () => now,
      setTimer: (callback) => timers.push(callback),
      clearTimer: () => undefined,
    };
    const report = { sampledOut: () => undefined, dropped: () => undefined };
    const next = { onEnd: () => undefined };
    const stage = tailSampling(policyOf(HALF), {}, { clock: blocked })(next, report);
    stage.onEnd(child());
    now = 10_000;
    stage.onEnd(span());

    now = 10_100;
    timers.pop()?.();
    expect(stage.heldSpans?.()).toBe(2);
    now = 12_600;
    timers.pop()?.();
    expect(stage.heldSpans?.()).toBe(0);
  });

  test('on monotonic time: a jump of the wall clock decides nothing', async () => {
    const { clock, stage, held } = setUp(policyOf(HALF));
    stage.onEnd(span());

    clock.jump(3_600_000);
    await clock.advance(1000);

    expect(held()).toBe(1);
  });

  test('after the process has slept for a day', async () => {
    const { clock, stage, held } = setUp(policyOf(HALF));
    stage.onEnd(span());
    await clock.advance(1000);
    stage.onEnd(child({ traceId: LOW }));

    await clock.advance(86_400_000);

    expect(held()).toBe(0);
  });
});

describe('timers', () => {
  test('there is one while something is held, and none otherwise', async () => {
    const { clock, stage } = setUp(policyOf(HALF));
    expect(clock.pendingTimers).toEqual([]);

    for (const traceId of TRACE_IDS) stage.onEnd(span({ traceId }));
    expect(clock.pendingTimers).toEqual([250]);

    await clock.advance(2500);
    expect(clock.pendingTimers).toEqual([]);
  });

  test('close stops it', () => {
    const { clock, stage } = setUp(policyOf(HALF));
    stage.onEnd(span());

    stage.close?.();

    expect(clock.pendingTimers).toEqual([]);
  });
});

describe('spans that end after their trace was decided', () => {
  test('follow the decision, kept or not', async () => {
    const { clock, stage, names, sampledOut } = setUp(policyOf(HALF));
    for (const traceId of [HIGH, LOW]) stage.onEnd(span({ traceId, name: traceId }));
    await clock.advance(2500);

    stage.onEnd(child({ traceId: HIGH, name: 'late' }));
    stage.onEnd(child({ traceId: LOW, name: 'late' }));

    expect(names()).toEqual([HIGH, 'late']);
    expect(sampledOut).toEqual({ half: 2 });
  });

  test('a root that ends late says that its trace was decided without it', async () => {
    const { clock, stage, passed } = setUp(policyOf(HALF), { deadlineMillis: 30_000 });
    stage.onEnd(child());
    await clock.advance(31_000);

    stage.onEnd(span());

    expect(passed[1]?.attributes).toEqual({ [RULE]: 'half', [PARTIAL]: true });
  });

  test('are decided anew once the decision is forgotten', async () => {
    const { clock, stage, held } = setUp(policyOf(HALF), { maxDecisions: 1 });
    stage.onEnd(span({ traceId: LOW }));
    await clock.advance(2500);
    for (let at = 0; at < 100; at++) {
      stage.onEnd(span({ traceId: `f${at.toString(16).padStart(31, '0')}` }));
    }
    await clock.advance(2500);

    stage.onEnd(child({ traceId: LOW }));

    expect(held()).toBe(1);
  });
});
