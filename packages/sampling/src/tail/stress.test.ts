import { seededRandom } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { child, span } from '../../test/spans.ts';
import { ERRORS, policyOf, RULE, setUp } from '../../test/tail-harness.ts';
import type { SamplingRule } from '../policy/index.ts';
import type { TailBuffer } from './tail-buffer.ts';

const HALF: SamplingRule = { name: 'half', keep: { ratio: 0.5 } };
const random = seededRandom('stress');
const LIMITS = { maxTraces: 100, stressRatio: 0.2 };

function stressed(
  others: SamplingRule = HALF,
): ReturnType<typeof setUp> & { readonly buffer: TailBuffer } {
  const harness = setUp(policyOf(ERRORS, others), LIMITS);
  for (let at = 0; at < 90; at++) harness.stage.onEnd(child({ traceId: random.hex(32) }));
  const buffer = harness.stage as TailBuffer;
  expect(buffer.stats()).toMatchObject({ traces: 89, stressed: true });
  return { ...harness, buffer };
}

describe('with 90 % of the room in use', () => {
  test('new traces are decided by their ids alone, and hold nothing', () => {
    const { stage, buffer, passed, sampledOut } = stressed();
    const before = passed.length + (sampledOut['stress_relief'] ?? 0);
    const total = 5000;
    for (let at = 0; at < total; at++) stage.onEnd(span({ traceId: random.hex(32) }));

    expect(buffer.stats().traces).toBe(89);
    expect(passed.length + (sampledOut['stress_relief'] ?? 0) - before).toBe(total);
    const deviation = Math.sqrt(total * 0.2 * 0.8);
    expect(Math.abs(passed.length - total * 0.2)).toBeLessThan(5 * deviation);
    const root = passed.at(-1);
    expect(root?.attributes[RULE]).toBe('stress_relief');
    expect(root?.spanContext().traceState?.serialize()).toBe('ot=th:cccd');
  });

  test.each<[string, SamplingRule['keep'], number]>([
    ['nothing of what the policy wants none of', 'none', 0],
    ['no more than the share of a rule', { ratio: 0.05 }, 0.05],
    ['no more than an adaptive share', { adaptive: { base: 0.02, aboveLoad: 0.9 } }, 0.02],
    ['the share of stress of a larger one', { ratio: 0.5 }, 0.2],
    ['the share of stress where a rate would decide', { rate: { tracesPerSecond: 1 } }, 0.2],
  ])('relief keeps %s', (_, keep, share) => {
    const { stage, passed } = stressed({ name: 'others', keep });
    const before = passed.length;
    const total = 5000;
    for (let at = 0; at < total; at++) stage.onEnd(span({ traceId: random.hex(32) }));

    const deviation = Math.sqrt(total * share * (1 - share));
    expect(Math.abs(passed.length - before - total * share)).toBeLessThanOrEqual(5 * deviation);
  });

  test('a caller does not make relief keep what the policy wants none of', () => {
    const { stage, passed } = stressed({ name: 'others', keep: 'none' });
    stage.onEnd(span({ traceId: random.hex(32), parent: { isRemote: true, traceFlags: 1 } }));

    expect(passed).toEqual([]);
  });

  test('errors are kept all the same, also in a trace that was dropped a moment before', () => {
    const { stage, passed } = stressed();
    const low = `${'1'.repeat(18)}${'0'.repeat(13)}1`;
    stage.onEnd(child({ traceId: low, name: 'dropped' }));
    const before = passed.length;

    stage.onEnd(child({ traceId: low, name: 'failed', error: true }));
    stage.onEnd(child({ traceId: low, name: 'after' }));

    expect(passed.slice(before).map(({ name }) => name)).toEqual(['failed', 'after']);
  });

  test('a trace that relief has dropped goes on being dropped by shares, also once there is room', async () => {
    const { clock, stage, buffer, names, sampledOut } = stressed();
    const middle = `${'1'.repeat(18)}9${'0'.repeat(12)}1`;
    const droppedBefore = sampledOut['stress_relief'] ?? 0;
    stage.onEnd(child({ traceId: middle, name: 'dropped' }));
    buffer.drain();
    await clock.advance(10_000);
    const before = names().length;
    stage.onEnd(child({ traceId: middle, name: 'later' }));
    expect(buffer.stats().stressed).toBe(false);
    stage.onEnd(span({ traceId: middle, name: 'root' }));
    await clock.advance(3000);

    expect(names().slice(before)).toEqual([]);
    expect(sampledOut['stress_relief']).toBe(droppedBefore + 3);
  });

  test('a trace that relief has kept goes on being kept, with the share of relief', async () => {
    const { clock, stage, buffer, passed } = stressed();
    const high = `${'1'.repeat(18)}f${'0'.repeat(12)}1`;
    stage.onEnd(child({ traceId: high }));
    buffer.drain();
    await clock.advance(10_000);
    const before = passed.length;
    stage.onEnd(child({ traceId: high }));
    stage.onEnd(span({ traceId: high, name: 'root' }));
    await clock.advance(3000);

    const ours = passed.slice(before);
    expect(ours.map((one) => one.spanContext().traceState?.serialize())).toEqual([
      'ot=th:cccd',
      'ot=th:cccd',
    ]);
    expect(ours[1]?.attributes[RULE]).toBe('stress_relief');
  });

  test('a trace of many spans is one decision', () => {
    const { stage, buffer } = stressed();
    const before = buffer.stats().decisions.stress;
    const low = `${'1'.repeat(18)}${'0'.repeat(13)}1`;
    for (let at = 0; at < 20; at++) stage.onEnd(child({ traceId: low }));

    expect(buffer.stats().decisions.stress - before).toBe(1);
  });

  test('a trace that the caller has sampled is kept with the share of the caller', () => {
    const { stage, passed } = stressed();
    const low = `${'2'.repeat(18)}${'0'.repeat(13)}1`;
    stage.onEnd(span({ traceId: low, parent: { isRemote: true, traceFlags: 1 } }));

    expect(passed.at(-1)?.spanContext().traceId).toBe(low);
    expect(passed.at(-1)?.spanContext().traceState).toBeUndefined();
  });

  test('traces that are held go on being held, and are decided as always', async () => {
    const { clock, stage, buffer } = stressed();
    stage.onEnd(span({ traceId: random.hex(32) }));

    await clock.advance(121_000);

    expect(buffer.stats()).toMatchObject({ traces: 0, decisions: { idle: 89 } });
  });
});

test('it ends below 75 %, but not before ten seconds are over', async () => {
  const { clock, stage, buffer } = stressed();
  buffer.drain();
  await clock.advance(9000);
  stage.onEnd(child({ traceId: random.hex(32) }));
  expect(buffer.stats()).toMatchObject({ traces: 0, stressed: true });

  await clock.advance(1000);
  stage.onEnd(child({ traceId: random.hex(32) }));
  expect(buffer.stats()).toMatchObject({ traces: 1, stressed: false });
});

test('bytes count like traces', () => {
  const { stage } = setUp(policyOf(HALF), { maxBytes: 100_000 });
  const buffer = stage as TailBuffer;
  for (let at = 0; at < 100; at++) {
    stage.onEnd(child({ traceId: random.hex(32), attributes: { a: 'x'.repeat(1000) } }));
  }

  expect(buffer.stats().stressed).toBe(true);
  expect(buffer.heldBytes()).toBeLessThanOrEqual(100_000);
  expect(buffer.heldBytes()).toBeGreaterThan(80_000);
});
