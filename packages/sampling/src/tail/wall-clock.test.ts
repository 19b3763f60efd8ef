import type { ReadableSpan } from '@llm-otel/core';
import type { FakeClock } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { child, span, TRACE_IDS } from '../../test/spans.ts';
import { NONE, policyOf, setUp } from '../../test/tail-harness.ts';
import type { SamplingRule } from '../policy/index.ts';

const traceId = TRACE_IDS[1] as string;
const HOUR = 3_600_000;
const slow = (minDurationMillis: number): SamplingRule => ({
  name: 'slow',
  when: { minDurationMillis },
  keep: 'all',
});

/** As the SDK does: the start by the wall clock, the length by the monotonic one. */
function started(clock: FakeClock): (make: typeof span) => ReadableSpan {
  const start = clock.epochMillis();
  const since = clock.monotonicMillis();
  return (make) => make({ traceId, start, end: start + clock.monotonicMillis() - since });
}

describe.each([-HOUR, HOUR, -2000, 5000])('the wall clock is set by %d ms', (jump) => {
  test.each([false, true])('while a trace of milliseconds runs: it is not slow', async (twice) => {
    const { clock, stage, names } = setUp(policyOf(slow(1500), NONE));
    const endRoot = started(clock);
    await clock.advance(5);
    const endEarly = started(clock);
    await clock.advance(5);
    clock.jump(jump);
    const endLate = started(clock);
    await clock.advance(5);
    stage.onEnd(endLate(child));
    if (twice) clock.jump(-jump);
    stage.onEnd(endEarly(child));
    stage.onEnd(endRoot(span));
    await clock.advance(3000);

    expect(names()).toEqual([]);
  });

  test('while a trace of two seconds runs: it is', async () => {
    const { clock, stage, names } = setUp(policyOf(slow(1500), NONE));
    const endFirst = started(clock);
    await clock.advance(5);
    stage.onEnd(endFirst(child));
    await clock.advance(1995);
    clock.jump(jump);
    const endRoot = started(clock);
    stage.onEnd(endRoot(span));

    expect(names()).toHaveLength(2);
  });
});

describe.each([
  [[5000, 5000]],
  [[HOUR, HOUR]],
  [[-HOUR, -HOUR]],
  [[HOUR, HOUR, -2 * HOUR]],
  [[1000, 1000, 1000]],
  [[5000, -2000, HOUR, -9000]],
])('the wall clock is set by %j ms', (jumps) => {
  test('while a trace of milliseconds runs: it is not slow, whichever of its spans ends last', async () => {
    for (const order of ['first', 'last']) {
      const { clock, stage, names } = setUp(policyOf(slow(900), NONE));
      await clock.advance(120);
      const endRoot = started(clock);
      const ends = [started(clock)];
      for (const jump of jumps) {
        clock.jump(jump);
        await clock.advance(5);
        const endAtOnce = started(clock);
        ends.push(started(clock));
        stage.onEnd(endAtOnce(child));
      }
      if (order === 'last') ends.reverse();
      for (const end of ends) stage.onEnd(end(child));
      stage.onEnd(endRoot(span));
      await clock.advance(3000);

      expect(names()).toEqual([]);
    }
  });

  test('while a trace of two seconds runs: it is', async () => {
    const { clock, stage, names } = setUp(policyOf(slow(1900), NONE));
    const endFirst = started(clock);
    stage.onEnd(endFirst(child));
    await clock.advance(2000);
    for (const jump of jumps) {
      clock.jump(jump);
      stage.onEnd(started(clock)(child));
    }
    await clock.advance(3000);
    stage.drain?.();

    expect(names()).toHaveLength(1 + jumps.length);
  });
});

test('more jumps than are remembered make no error', async () => {
  const { clock, stage, names } = setUp(policyOf(slow(900), NONE));
  for (let at = 0; at < 100; at++) {
    clock.jump(at % 2 === 0 ? 3000 : 4000);
    const end = started(clock);
    await clock.advance(1);
    stage.onEnd(end(span));
  }
  await clock.advance(3000);

  expect(names()).toEqual([]);
});

test('a span of more than 24 days is slow', () => {
  const { stage, names } = setUp(policyOf(slow(1000), NONE));
  stage.onEnd(span({ traceId, start: 0, end: 25 * 24 * HOUR }));

  expect(names()).toHaveLength(1);
});

test('so is a trace that comes to that in parts, and one whose first span starts last', () => {
  for (const starts of [
    [0, 20, 40],
    [40, 20, 0],
  ]) {
    const { stage, names } = setUp(policyOf(slow(24 * 24 * HOUR), NONE));
    for (const day of starts) {
      stage.onEnd(child({ traceId, start: day * 24 * HOUR, end: day * 24 * HOUR + 1 }));
    }

    expect(names()).toHaveLength(3);
  }
});
