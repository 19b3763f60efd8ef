import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';
import { describe, expect, test } from 'vitest';
import { child, span, TRACE_IDS } from '../../test/spans.ts';
import {
  ERRORS,
  NONE,
  PARTIAL,
  policyOf,
  RULE,
  setUp,
  type TailHarness,
} from '../../test/tail-harness.ts';
import { headSampler } from '../head-sampler.ts';
import { samplingPolicy } from '../live-policy.ts';
import type { SamplingRule } from '../policy/index.ts';
import type { TailSamplingLimits } from './limits.ts';
import type { TailBuffer } from './tail-buffer.ts';

const LOW = TRACE_IDS[1] as string;
const TENTH: SamplingRule = { name: 'tenth', keep: { ratio: 0.1 } };
const MINUTE = 60_000;

describe('runs of hours', () => {
  test('an error at the end is kept with what came since the last deadline, and says that it is partial', async () => {
    const { clock, stage, names, passed, sampledOut } = setUp(policyOf(ERRORS, TENTH));
    for (let minute = 0; minute < 179; minute++) {
      stage.onEnd(child({ traceId: LOW, name: `step ${minute}` }));
      await clock.advance(MINUTE);
    }
    expect(names()).toEqual([]);

    stage.onEnd(child({ traceId: LOW, name: 'failed', error: true }));
    stage.onEnd(span({ traceId: LOW, name: 'root' }));

    // The last window of ten minutes.
    expect(names().slice(0, -2)).toEqual(names().slice(0, -2).toSorted());
    expect(names().at(0)).toMatch(/^step 17\d$/);
    expect(names().slice(-2)).toEqual(['failed', 'root']);
    expect(passed.at(-1)?.attributes).toEqual({ [RULE]: 'errors', [PARTIAL]: true });
    expect(passed.length + (sampledOut['tenth'] ?? 0)).toBe(181);
  });

  test('sums go over the whole run, also over spans that were let go of', async () => {
    const costly: SamplingRule = { name: 'costly', when: { minCostMicroUsd: 50 }, keep: 'all' };
    const { clock, stage, names } = setUp(policyOf(costly, TENTH), { deadlineMillis: 5000 });
    const call = (name: string): ReadableSpan =>
      child({
        traceId: LOW,
        name,
        attributes: { 'gen_ai.operation.name': 'chat', 'llm_otel.cost.micro_usd': 20 },
      });
    stage.onEnd(call('first'));
    await clock.advance(6000);
    stage.onEnd(call('second'));
    await clock.advance(6000);
    expect(names()).toEqual([]);

    stage.onEnd(call('third'));

    expect(names()).toEqual(['third']);
  });

  test('a run that is still going on is as long as it has been', async () => {
    const slow: SamplingRule = { name: 'slow', when: { minDurationMillis: 25_000 }, keep: 'all' };
    const { clock, stage, names } = setUp(policyOf(slow, NONE), { deadlineMillis: 30_000 });
    stage.onEnd(child({ name: 'early', start: 1000, end: 1500 }));

    await clock.advance(31_000);

    expect(names()).toEqual(['early']);
  });

  test('a duration makes it certain as soon as it is reached, before the root has ended', () => {
    const slow: SamplingRule = { name: 'slow', when: { minDurationMillis: 30_000 }, keep: 'all' };
    const { stage, names, held } = setUp(policyOf(ERRORS, slow, TENTH));
    stage.onEnd(child({ name: 'first', start: 0, end: 5000 }));
    stage.onEnd(child({ name: 'later', start: 5000, end: 29_999 }));
    expect(names()).toEqual([]);

    stage.onEnd(child({ name: 'third', start: 6000, end: 31_000 }));

    expect([names(), held()]).toEqual([['first', 'later', 'third'], 0]);
  });

  test('a root that never ends: spans pass in windows, nothing piles up', async () => {
    const { clock, stage, sampledOut } = setUp(policyOf(ERRORS, NONE), { deadlineMillis: 60_000 });
    const buffer = stage as TailBuffer;
    let most = 0;
    for (let second = 0; second < 3600; second++) {
      for (let at = 0; at < 5; at++) stage.onEnd(child({ traceId: LOW }));
      await clock.advance(1000);
      most = Math.max(most, buffer.heldSpans());
    }

    expect(most).toBeLessThanOrEqual(62 * 5);
    expect(buffer.stats().traces).toBe(1);
    expect((sampledOut['none'] ?? 0) + buffer.heldSpans()).toBe(18_000);
  });

  test('after long silence the trace is let go of, and looked at again when it goes on', async () => {
    const { clock, stage, names } = setUp(policyOf(ERRORS, NONE), { idleMillis: 5000 });
    const buffer = stage as TailBuffer;
    stage.onEnd(child({ traceId: LOW, name: 'before' }));
    await clock.advance(8000);
    expect(buffer.stats()).toMatchObject({ traces: 0, decisions: { idle: 1 } });

    stage.onEnd(child({ traceId: LOW, name: 'after', error: true }));

    expect(names()).toEqual(['after']);
  });
});

describe('traces of 50,000 spans', () => {
  test('kept by an error among them: all that are held then, and all that come after', () => {
    const { stage, names, passed } = setUp(policyOf(ERRORS, TENTH));
    for (let at = 0; at < 50_000; at++) {
      stage.onEnd(child({ traceId: LOW, error: at === 5000 }));
    }
    stage.onEnd(span({ traceId: LOW }));

    expect(names()).toHaveLength(50_001);
    expect(passed.at(-1)?.attributes).toEqual({ [RULE]: 'errors' });
  });

  test('dropped in parts, with never more than the limit held', () => {
    const { stage, names, sampledOut } = setUp(policyOf(ERRORS, TENTH));
    const buffer = stage as TailBuffer;
    let most = 0;
    for (let at = 0; at < 50_000; at++) {
      stage.onEnd(child({ traceId: LOW }));
      most = Math.max(most, buffer.heldSpans());
    }
    expect(names()).toEqual([]);
    expect((sampledOut['tenth'] ?? 0) + buffer.heldSpans()).toBe(50_000);
    expect(most).toBeLessThan(10_000);

    const held = buffer.heldSpans();
    stage.onEnd(child({ traceId: LOW, name: 'late', error: true }));
    expect(names()).toHaveLength(held + 1);
    expect(names().at(-1)).toBe('late');
  });

  test.each([
    ['from the limit on, where no other rule can match', [TENTH], 1500],
    ['each time it reaches the limit, where another rule still can', [ERRORS, TENTH], 1000],
  ])('a ratio that keeps it lets it go on %s', (_, rules, passed) => {
    const { stage, names } = setUp(policyOf(...rules), { maxSpansPerTrace: 1000 });
    for (let at = 0; at < 1500; at++) {
      stage.onEnd(child({ traceId: 'f'.repeat(32), name: `${at}` }));
    }
    expect(names()).toHaveLength(passed);
    stage.drain?.();

    expect(names()).toEqual(Array.from({ length: 1500 }, (__, at) => `${at}`));
  });
});

describe('a trace that the caller has sampled, as the head sampler of the same policy has seen', () => {
  const begun = (limits: TailSamplingLimits = {}): TailHarness => {
    const live = samplingPolicy(policyOf(ERRORS, TENTH));
    const caller = trace.setSpanContext(ROOT_CONTEXT, {
      traceId: LOW,
      spanId: 'b7ad6b7169203331',
      traceFlags: 1,
      isRemote: true,
    });
    headSampler(live, { tail: true }).shouldSample(caller, LOW, 'run', 0, {}, []);
    return setUp(live, limits);
  };
  const step = child({ traceId: LOW, name: 'step', context: { traceFlags: 1 } });
  const root = span({
    traceId: LOW,
    name: 'root',
    context: { traceFlags: 1 },
    parent: { isRemote: true, traceFlags: 1 },
  });

  test('loses nothing at deadlines', async () => {
    const { clock, stage, names } = begun();
    for (let minute = 0; minute < 20; minute++) {
      stage.onEnd(step);
      await clock.advance(MINUTE);
    }
    stage.onEnd(root);
    await clock.advance(3000);

    expect(names()).toHaveLength(21);
  });

  test('nor in a pause, nor by a flush', async () => {
    const { clock, stage, names } = begun();
    stage.onEnd(step);
    await clock.advance(200_000);
    stage.onEnd(step);
    stage.drain?.();
    stage.onEnd(root);
    await clock.advance(3000);

    expect(names()).toEqual(['step', 'step', 'root']);
  });

  test('nor under stress, and keeps the share of the caller', () => {
    const { stage, passed } = begun({ maxTraces: 10, stressRatio: 0 });
    for (let at = 0; at < 10; at++) stage.onEnd(child({ traceId: `a${LOW.slice(1, 31)}${at}` }));
    stage.onEnd(step);
    stage.onEnd(root);

    const ours = passed.filter((one) => one.spanContext().traceId === LOW);
    expect(ours.map(({ name }) => name)).toEqual(['step', 'root']);
    expect(ours[0]?.spanContext().traceState).toBeUndefined();
  });
});
