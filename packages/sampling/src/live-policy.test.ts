import { InvalidOptionError } from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { HIGH, LOW, sample, stateOf } from '../test/sample.ts';
import { child, span } from '../test/spans.ts';
import { ERRORS, NONE, policyOf, setUp } from '../test/tail-harness.ts';
import { headSampler, samplingPolicy, tailSampling } from './index.ts';
import type { SamplingPolicy } from './policy/index.ts';

const all = policyOf({ name: 'all', keep: 'all' });
const none = policyOf(NONE);

describe('update', () => {
  test('samplers that are in use go by the new policy from now on', () => {
    const live = samplingPolicy(all);
    const sampler = headSampler(live, { tail: false });
    expect(stateOf(sample(sampler, LOW))).toBe('ot=th:0');

    live.update(none);
    expect(sample(sampler, HIGH).decision).toBe(0);
    expect(live.policy).toEqual(none);
    expect(live.updates).toBe(1);

    live.update('development');
    expect(sample(sampler, LOW).decision).toBe(2);
  });

  test('a trace that is being held is decided by the policy that it began with', async () => {
    const live = samplingPolicy(policyOf(ERRORS, NONE));
    const { clock, stage, names, sampledOut } = setUp(live);
    stage.onEnd(child({ traceId: LOW, name: 'began before' }));

    live.update(policyOf({ name: 'quiet', when: { name: 'root' }, keep: 'all' }, NONE));
    stage.onEnd(span({ traceId: LOW, name: 'root' }));
    stage.onEnd(span({ traceId: HIGH, name: 'root' }));
    await clock.advance(3000);

    expect(names()).toEqual(['root']);
    expect(sampledOut).toEqual({ none: 2 });
    // What was decided stays so.
    stage.onEnd(child({ traceId: LOW, name: 'late' }));
    stage.onEnd(span({ traceId: LOW, name: 'root' }));
    stage.drain?.();
    expect([names(), sampledOut]).toEqual([['root'], { none: 4 }]);
  });

  test('what is counted of a rule never falls, also where the rule goes away and comes back', () => {
    const live = samplingPolicy(all);
    const sampler = headSampler(live, { tail: false });
    for (let at = 0; at < 5; at++) sample(sampler, LOW);

    live.update(none);
    sample(sampler, LOW);
    live.update(all);
    sample(sampler, LOW);

    expect(live.rates()['all']?.kept).toBe(6);
    expect(live.rates()['none']).toBeUndefined();
  });

  test('names of rules that a program makes up are not remembered without end', () => {
    const live = samplingPolicy(all);
    const sampler = headSampler(live, { tail: false });
    sample(sampler, LOW);
    for (let at = 0; at < 10_100; at++) live.update(policyOf({ name: `rule ${at}`, keep: 'all' }));
    live.update(all);

    expect(live.rates()['all']?.kept).toBe(0);
  });

  test.each([{ version: 1, rules: [] }, 'nonsense', null, { ...all, floor: 7 }])(
    '%j is refused, and the policy before stays in force',
    (wrong) => {
      const live = samplingPolicy(all);
      const told: unknown[] = [];
      live.onUpdate((policy) => told.push(policy));
      const sampler = headSampler(live, { tail: false });

      expect(() => live.update(wrong)).toThrow(InvalidOptionError);

      expect([live.policy, live.updates, told]).toEqual([all, 0, []]);
      expect(sample(sampler, LOW).decision).toBe(2);
    },
  );

  test('where a listener throws, the policy before is put back and the others are told', () => {
    const live = samplingPolicy(all);
    const told: SamplingPolicy[] = [];
    live.onUpdate((policy) => told.push(policy));
    const stop = live.onUpdate((policy) => {
      if (policy.rules[0]?.name === 'none') throw new Error('not with me');
    });
    const sampler = headSampler(live, { tail: false });

    expect(() => live.update(none)).toThrow('not with me');
    expect(told).toEqual([none, all]);
    expect([live.policy, live.updates]).toEqual([all, 0]);
    expect(sample(sampler, LOW).decision).toBe(2);

    stop();
    live.update(none);
    expect(live.updates).toBe(1);
  });

  test('a rule that stays the same keeps its bucket; with other bounds or another rate it is new', () => {
    const clock = fakeClock();
    const limited = (tracesPerSecond: number, more: object = {}): SamplingPolicy => ({
      ...policyOf({ name: 'limited', keep: { rate: { tracesPerSecond } } }),
      ...more,
    });
    const live = samplingPolicy(limited(1), { clock });
    const sampler = headSampler(live, { tail: false });
    const isKept = (): boolean => sample(sampler, LOW).decision === 2;
    expect([isKept(), isKept()]).toEqual([true, false]);

    live.update(limited(1, { revision: 'b' }));
    expect(isKept()).toBe(false);
    live.update(limited(2));
    expect([isKept(), isKept(), isKept()]).toEqual([true, true, false]);
    live.update(limited(2, { floor: 0.01 }));
    expect(isKept()).toBe(true);
  });
});

test('rates: what each rule keeps now, and has kept so far', () => {
  const clock = fakeClock();
  let load = 0;
  const live = samplingPolicy(
    policyOf(
      { name: 'slow', when: { minDurationMillis: 5000 }, keep: 'all' },
      { name: 'calls', when: { name: 'chat' }, keep: { rate: { tracesPerSecond: 1 } } },
      { name: 'others', keep: { adaptive: { base: 0.5, aboveLoad: 0.5 } } },
    ),
    { clock, load: () => load },
  );
  const { stage } = setUp(live);
  for (const traceId of [HIGH, LOW, `${'a'.repeat(18)}90000000000000`]) {
    stage.onEnd(span({ traceId }));
  }
  for (const name of ['chat', 'chat']) {
    stage.onEnd(span({ traceId: `${'b'.repeat(31)}${name.length}`, name }));
  }
  stage.drain?.();

  expect(live.rates()).toEqual({
    slow: { share: 1, kept: 0, dropped: 0 },
    calls: { share: undefined, kept: 1, dropped: 0 },
    others: { share: 0.5, kept: 2, dropped: 1 },
    no_rule_matched: { share: 1, kept: 0, dropped: 0 },
  });
  load = 0.75;
  expect(live.rates()['others']?.share).toBe(0.5);
});

test('head and tail that share a live policy tell the same share', async () => {
  const clock = fakeClock();
  let load = 0;
  const live = samplingPolicy(
    policyOf({ name: 'load', keep: { adaptive: { base: 1, aboveLoad: 0.5 } } }),
    { clock, load: () => load },
  );
  const sampler = headSampler(live, { tail: true });
  const passed: unknown[] = [];
  const stage = tailSampling(
    live,
    {},
    { clock },
  )(
    { onEnd: (one) => passed.push(one.spanContext().traceState?.serialize()) },
    { sampledOut: () => undefined, dropped: () => undefined },
  );
  load = 0.75;
  await clock.advance(1000);
  const result = sample(sampler, HIGH);
  const told = stateOf(result);
  const { traceState } = result;
  stage.onEnd(
    span({ traceId: HIGH, context: { traceFlags: 1, ...(traceState && { traceState }) } }),
  );
  stage.drain?.();

  expect(passed).toEqual([told]);
  expect(told).toMatch(/^ot=th:c/);
});
