import { createTraceState, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { InvalidOptionError } from '@llm-otel/core';
import { seededRandom } from '@llm-otel/testing';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, test } from 'vitest';
import { HIGH, idWith, LOW, MIDDLE, parentOf, sample, stateOf } from '../test/sample.ts';
import {
  alwaysOff,
  alwaysOn,
  consistentSampler,
  headSampler,
  parentBasedSampler,
} from './index.ts';
import type { SamplingPolicy } from './policy/index.ts';

describe('ratio_sampler', () => {
  const half = consistentSampler({ ratio: 0.5 });

  test('ratio_sampler: a trace is kept when its last 56 bits reach the threshold', () => {
    expect(sample(half, MIDDLE).decision).toBe(2);
    expect(sample(half, HIGH).decision).toBe(2);
    expect(sample(half, idWith('7fffffffffffff')).decision).toBe(0);
    expect(sample(half, LOW).decision).toBe(0);
  });

  test.each([0.001, 0.1, 0.25, 0.5, 0.9])(
    'a ratio of %d keeps that share of random ids',
    (ratio) => {
      const random = seededRandom(42);
      const sampler = consistentSampler({ ratio });
      const total = 100_000;
      let kept = 0;
      for (let at = 0; at < total; at++) {
        if (sample(sampler, random.hex(32)).decision === 2) kept++;
      }

      // Five standard deviations: one run in a million would fail by chance, and the seed is fixed.
      const deviation = Math.sqrt(total * ratio * (1 - ratio));
      expect(Math.abs(kept - total * ratio)).toBeLessThan(5 * deviation);
    },
  );

  test('what a lower ratio keeps, a higher one keeps too', () => {
    const random = seededRandom(7);
    for (let at = 0; at < 2000; at++) {
      const id = random.hex(32);
      if (sample(consistentSampler({ ratio: 0.1 }), id).decision === 2) {
        expect(sample(consistentSampler({ ratio: 0.3 }), id).decision).toBe(2);
      }
    }
  });

  test('the share is written into the tracestate of a kept root, and nothing on a dropped one', () => {
    expect(stateOf(sample(consistentSampler({ ratio: 0.1 }), HIGH))).toBe('ot=th:e666');
    expect(stateOf(sample(half, MIDDLE))).toBe('ot=th:8');
    expect(sample(half, LOW)).toEqual({ decision: 0 });
  });

  test('a result is not made anew for each root', () => {
    expect(sample(half, MIDDLE)).toBe(sample(half, HIGH));
  });

  test('explicit randomness counts instead of the trace id, and stays', () => {
    const context = parentOf(LOW, { traceState: createTraceState('ot=rv:ffffffffffffff;x:1,a=b') });

    const kept = sample(half, LOW, { context });

    expect(kept.decision).toBe(2);
    expect(stateOf(kept)).toBe('ot=th:8;rv:ffffffffffffff;x:1,a=b');
    const low = parentOf(HIGH, { traceState: createTraceState('ot=rv:00000000000000') });
    expect(sample(half, HIGH, { context: low }).decision).toBe(0);
  });

  test.each(['FFFFFFFFFFFFFF', 'fffffffffffff', 'fffffffffffffff', 'gggggggggggggg'])(
    'randomness of %s is not valid and does not count',
    (rv) => {
      const context = parentOf(LOW, { traceState: createTraceState(`ot=rv:${rv}`) });

      expect(sample(half, LOW, { context }).decision).toBe(0);
    },
  );

  test('a stale share is taken out when a trace is dropped, also where nothing is left', () => {
    const alone = parentOf(LOW, { traceState: createTraceState('ot=th:4') });
    const beside = parentOf(LOW, { traceState: createTraceState('a=b,ot=th:4;rv:00000000000001') });

    // An empty tracestate and not none: the SDK would take the parent's.
    expect(stateOf(sample(half, LOW, { context: alone }))).toBe('');
    expect(stateOf(sample(half, LOW, { context: beside }))).toBe('ot=rv:00000000000001,a=b');
  });

  test('an invalid parent is no parent', () => {
    const context = parentOf('0'.repeat(32), {
      traceState: createTraceState('ot=rv:ffffffffffffff'),
    });

    expect(sample(half, LOW, { context }).decision).toBe(0);
  });

  test('with record, what is not kept is recorded and not sampled', () => {
    expect(sample(consistentSampler({ ratio: 0.5, record: true }), LOW)).toEqual({ decision: 1 });
  });

  test('the ratio can be changed at run time', () => {
    const sampler = consistentSampler({ ratio: 0 });
    expect(sample(sampler, HIGH).decision).toBe(0);

    sampler.setRatio(1);

    expect(stateOf(sample(sampler, LOW))).toBe('ot=th:0');
    expect(String(sampler)).toBe('ConsistentSampler{1}');
    expect(() => sampler.setRatio(2)).toThrow(InvalidOptionError);
    expect(sample(sampler, LOW).decision).toBe(2);
  });

  test.each([-0.1, 1.1, Number.NaN, '0.5' as never, undefined as never])(
    'a ratio of %s is refused',
    (ratio) => {
      expect(() => consistentSampler({ ratio })).toThrow(/^ratio is/);
    },
  );
});

test('always_on and always_off keep all and none', () => {
  expect(sample(alwaysOn, LOW).decision).toBe(2);
  expect(sample(alwaysOff, HIGH).decision).toBe(0);
});

describe('parent_based', () => {
  const sampler = parentBasedSampler(consistentSampler({ ratio: 0.5 }));

  test('parent_based: without a parent the root sampler decides', () => {
    expect(sample(sampler, MIDDLE).decision).toBe(2);
    expect(sample(sampler, LOW).decision).toBe(0);
    expect(String(sampler)).toBe('ParentBased{ConsistentSampler{0.5}}');
  });

  test('the parent is followed, remote or local, whatever the ratio says', () => {
    for (const isRemote of [true, false]) {
      expect(sample(sampler, LOW, { context: parentOf(LOW, { isRemote }) }).decision).toBe(2);
      const not = parentOf(HIGH, { isRemote, traceFlags: 0 });
      expect(sample(sampler, HIGH, { context: not }).decision).toBe(0);
    }
  });

  test('the random flag alone is not the sampled flag', () => {
    expect(sample(sampler, HIGH, { context: parentOf(HIGH, { traceFlags: 2 }) }).decision).toBe(0);
  });

  test('with record, spans of a parent that is not sampled are recorded', () => {
    const recording = parentBasedSampler(alwaysOff, { record: true });

    expect(sample(recording, HIGH, { context: parentOf(HIGH, { traceFlags: 0 }) }).decision).toBe(
      1,
    );
  });

  test.each([
    ['a right share', HIGH, 1, 'ot=th:8,a=b', 'ot=th:8,a=b'],
    ['a share that the randomness contradicts', LOW, 1, 'ot=th:8,a=b', 'a=b'],
    [
      'a share on a trace that is not sampled',
      HIGH,
      0,
      'ot=th:8;rv:ffffffffffffff',
      'ot=rv:ffffffffffffff',
    ],
    ['a share in upper case', HIGH, 1, 'ot=th:E666;x:1', 'ot=x:1'],
    ['no share', HIGH, 1, 'a=b', 'a=b'],
  ])('%s: %s with flags %d and %s goes on as %s', (_, traceId, traceFlags, before, after) => {
    const context = parentOf(traceId, { traceFlags, traceState: createTraceState(before) });

    const result = sample(sampler, traceId, { context });

    expect((result.traceState ?? createTraceState(before)).serialize()).toBe(after);
  });
});

describe('headSampler', () => {
  const policy: SamplingPolicy = {
    version: 1,
    rules: [
      { name: 'errors', when: { error: true }, keep: 'all' },
      { name: 'health', when: { name: 'GET /health*' }, keep: 'none' },
      { name: 'gold', when: { attributes: { tier: 'gold' }, kind: 'internal' }, keep: 'all' },
      { name: 'own service', when: { service: 'desk' }, keep: 'none' },
      { name: 'others', keep: { ratio: 0.5 } },
    ],
  };

  test('alone, it goes by the rules that can be known at the start', () => {
    const sampler = headSampler(policy, { tail: false });

    expect(sample(sampler, HIGH, { name: 'GET /healthz' }).decision).toBe(0);
    expect(stateOf(sample(sampler, LOW, { attributes: { tier: 'gold' } }))).toBe('ot=th:0');
    expect(sample(sampler, LOW).decision).toBe(0);
    expect(stateOf(sample(sampler, HIGH))).toBe('ot=th:8');
  });

  test('alone, it says on the root why the trace is kept', () => {
    const sampler = headSampler(policy, { tail: false });
    const rule = (attributes = {}): unknown => sample(sampler, HIGH, { attributes }).attributes;

    expect(rule()).toEqual({ 'llm_otel.sampling.rule': 'others' });
    expect(rule({ tier: 'gold' })).toEqual({ 'llm_otel.sampling.rule': 'gold' });
    expect(sample(sampler, LOW).attributes).toBeUndefined();
    const below = sample(sampler, HIGH, { context: parentOf(HIGH, { traceFlags: 1 }) });
    expect(below.attributes).toBeUndefined();
  });

  test('in front of a tail sampler everything is recorded, and others are told the same', () => {
    const sampler = headSampler(policy, { tail: true });

    expect(sample(sampler, HIGH, { name: 'GET /healthz' }).decision).toBe(1);
    expect(sample(sampler, LOW).decision).toBe(1);
    expect(sample(sampler, HIGH).decision).toBe(2);
    expect(sample(sampler, HIGH, { context: parentOf(HIGH, { traceFlags: 0 }) }).decision).toBe(1);
  });

  test('what no rule matches is kept', () => {
    const sampler = headSampler(
      { version: 1, rules: [{ name: 'x', when: { name: 'x' }, keep: 'none' }] },
      { tail: false },
    );

    expect(sample(sampler, LOW).decision).toBe(2);
    expect(String(sampler)).toBe('ParentBased{PolicySampler{1 rules}}');
  });

  test('an invalid policy is refused', () => {
    expect(() => headSampler({ version: 1, rules: [] }, { tail: true })).toThrow(/sampling\.rules/);
  });
});

test('spans of the SDK carry what was decided', () => {
  const provider = new TracerProvider({
    sampler: parentBasedSampler(consistentSampler({ ratio: 1 })),
  });
  const tracer = provider.getTracer('test');
  const stale = parentOf(LOW, { traceFlags: 0, traceState: createTraceState('ot=th:8') });

  const root = tracer.startSpan('root').spanContext();
  const child = tracer
    .startSpan('child', {}, trace.setSpanContext(ROOT_CONTEXT, root))
    .spanContext();
  const dropped = tracer.startSpan('dropped', {}, stale).spanContext();

  expect(root.traceState?.serialize()).toBe('ot=th:0');
  expect(child.traceState?.serialize()).toBe('ot=th:0');
  expect(dropped.traceState?.serialize()).toBe('');
});
