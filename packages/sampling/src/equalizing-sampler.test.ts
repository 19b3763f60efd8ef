import { createTraceState } from '@opentelemetry/api';
import { InvalidOptionError } from '@llm-otel/core';
import { seededRandom } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { HIGH, idWith, LOW, MIDDLE, parentOf, sample, stateOf } from '../test/sample.ts';
import { equalizingSampler } from './index.ts';

const half = equalizingSampler({ ratio: 0.5 });
const remote = (traceId: string, traceState: string, traceFlags = 1): ReturnType<typeof parentOf> =>
  parentOf(traceId, { traceFlags, traceState: createTraceState(traceState) });

test('a root is kept by its own ratio', () => {
  expect(stateOf(sample(half, MIDDLE))).toBe('ot=th:8');
  expect(sample(half, LOW)).toEqual({ decision: 0 });
});

test.each([
  ['a caller that keeps more is brought down', idWith('40000000000000'), 'ot=th:4', 0, ''],
  ['what both keep stays, with the lower share', HIGH, 'ot=th:4,a=b', 2, 'ot=th:8,a=b'],
  ['a caller that keeps less is followed', idWith('c0000000000000'), 'ot=th:c', 2, 'ot=th:c'],
  ['explicit randomness counts', LOW, 'ot=th:4;rv:ffffffffffffff', 2, 'ot=th:8;rv:ffffffffffffff'],
])('%s', (_, traceId, before, decision, after) => {
  const result = sample(half, traceId, { context: remote(traceId, before) });

  expect(result.decision).toBe(decision);
  expect(stateOf(result)).toBe(after);
});

test('what the caller did not sample is not kept, and no share stays', () => {
  const result = sample(half, HIGH, { context: remote(HIGH, 'ot=th:4,a=b', 0) });

  expect([result.decision, stateOf(result)]).toEqual([0, 'a=b']);
});

test('local spans follow their parent', () => {
  expect(sample(half, LOW, { context: parentOf(LOW, { isRemote: false }) }).decision).toBe(2);
  const not = parentOf(HIGH, { isRemote: false, traceFlags: 0 });
  expect(sample(half, HIGH, { context: not }).decision).toBe(0);
});

test('without a share of the caller, or with a wrong one, new randomness decides: a tenth of ids that all end low', () => {
  const random = seededRandom(11);
  const sampler = equalizingSampler({ ratio: 0.1, random: () => random.next() });
  const total = 20_000;
  for (const state of ['a=b', 'ot=th:8,a=b', 'ot=th:FF,a=b']) {
    let kept = 0;
    for (let at = 0; at < total; at++) {
      // As a caller leaves them that keeps the lowest ids.
      const traceId = idWith(`00${random.hex(12)}`);
      const result = sample(sampler, traceId, { context: remote(traceId, state) });
      expect(stateOf(result)).toBe('a=b');
      if (result.decision === 2) kept++;
    }
    expect(Math.abs(kept - total / 10)).toBeLessThan(5 * Math.sqrt(total * 0.09));
  }
});

test('a ratio of nothing keeps nothing, and one that is none is refused', () => {
  const none = equalizingSampler({ ratio: 0 });

  expect(sample(none, HIGH, { context: remote(HIGH, 'ot=th:0') }).decision).toBe(0);
  expect(String(none)).toBe('Equalizing{0}');
  expect(() => equalizingSampler({ ratio: 2 })).toThrow(InvalidOptionError);
});
