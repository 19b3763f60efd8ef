import { InvalidOptionError } from '@llm-otel/core';
import { fakeClock, seededRandom } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { HIGH, LOW, parentOf, sample, stateOf } from '../test/sample.ts';
import { adaptiveSampler, rateLimitedSampler } from './index.ts';

const kept = { decision: 2 };

describe('rate_limited', () => {
  test('so many traces a second, after a burst, whatever their ids', async () => {
    const clock = fakeClock();
    const sampler = rateLimitedSampler({ tracesPerSecond: 2, burst: 3 }, { clock });
    const ask = (times: number): number =>
      Array.from({ length: times }, () => sample(sampler, LOW)).filter((one) => one.decision === 2)
        .length;

    expect(ask(10)).toBe(3);
    await clock.advance(499);
    expect(ask(10)).toBe(0);
    await clock.advance(1);
    expect(ask(10)).toBe(1);
    await clock.advance(60_000);
    expect(ask(10)).toBe(3);
  });

  test('with a bucket for each key', () => {
    const sampler = rateLimitedSampler(
      { tracesPerSecond: 1, per: { attribute: 'user.id' } },
      { clock: fakeClock() },
    );
    const by = (user?: string | number): number =>
      sample(sampler, LOW, user === undefined ? {} : { attributes: { 'user.id': user } }).decision;

    expect([by('a'), by('a'), by('b'), by(7), by('7'), by(), by()]).toEqual([2, 0, 2, 2, 0, 2, 0]);
  });

  test('a kept trace stands for an unknown number: no share is written', () => {
    const sampler = rateLimitedSampler({ tracesPerSecond: 1 }, { clock: fakeClock() });

    expect(sample(sampler, HIGH)).toEqual({
      ...kept,
      attributes: { 'llm_otel.sampling.rule': 'rate' },
    });
  });

  test('the parent is followed, and takes no token', () => {
    const sampler = rateLimitedSampler({ tracesPerSecond: 1 }, { clock: fakeClock() });
    for (let at = 0; at < 5; at++) {
      expect(sample(sampler, LOW, { context: parentOf(LOW) }).decision).toBe(2);
    }

    expect(sample(sampler, LOW).decision).toBe(2);
  });

  test('a rate that is none is refused', () => {
    expect(() => rateLimitedSampler({ tracesPerSecond: -1 })).toThrow(InvalidOptionError);
  });
});

describe('adaptive', () => {
  test('base x (1 - load) above the threshold, base below it', async () => {
    const clock = fakeClock();
    let load = 0;
    const sampler = adaptiveSampler({ base: 0.8, aboveLoad: 0.5 }, { clock, load: () => load });
    const share = async (now: number): Promise<string | undefined> => {
      load = now;
      await clock.advance(1000);
      return stateOf(sample(sampler, HIGH));
    };

    // Within one step of a percent: 0.8 is th:3333, 0.8 x 0.4 = 0.32 is th:ae14.
    expect(shareIn(await share(0.5))).toBeCloseTo(0.8, 1);
    expect(shareIn(await share(0.6)) / 0.32).toBeCloseTo(1, 1);
    expect(shareIn(await share(0.9)) / 0.08).toBeCloseTo(1, 1);
    expect(await share(1)).toBeUndefined();
    expect(shareIn(await share(0))).toBeCloseTo(0.8, 1);
  });

  test('not below the floor nor above the ceiling', async () => {
    const clock = fakeClock();
    let load = 1;
    const settings = { base: 1, aboveLoad: 0.1, floor: 0.25, ceiling: 0.5 };
    const sampler = adaptiveSampler(settings, { clock, load: () => load });

    expect(stateOf(sample(sampler, HIGH))).toBe('ot=th:8');
    await clock.advance(1000);
    expect(stateOf(sample(sampler, HIGH))).toBe('ot=th:c');
    load = 0;
    await clock.advance(1000);
    expect(stateOf(sample(sampler, HIGH))).toBe('ot=th:8');
  });

  test('the load counts once a second only', async () => {
    const clock = fakeClock();
    let asked = 0;
    const sampler = adaptiveSampler({ aboveLoad: 0.5 }, { clock, load: () => (asked++, 0) });
    for (let at = 0; at < 100; at++) sample(sampler, HIGH);
    await clock.advance(1000);
    for (let at = 0; at < 100; at++) sample(sampler, HIGH);

    expect(asked).toBe(1);
  });

  test.each([50, 400, 5000])(
    '%d traces a second of five spans come down to 100 spans a second',
    async (tracesPerSecond) => {
      const clock = fakeClock();
      const sampler = adaptiveSampler({ spansPerSecond: 100 }, { clock });
      const random = seededRandom(tracesPerSecond);
      let spans = 0;
      for (let tenth = 0; tenth < 300; tenth++) {
        await clock.advance(100);
        if (tenth === 100) spans = 0;
        for (let at = 0; at < tracesPerSecond / 10; at++) {
          const traceId = random.hex(32);
          const { decision } = sample(sampler, traceId);
          const context = parentOf(traceId, {
            isRemote: false,
            traceFlags: decision === 2 ? 1 : 0,
          });
          for (let child = 0; child < 4; child++) sample(sampler, traceId, { context });
          if (decision === 2) spans += 5;
        }
      }

      // Of 20 seconds; the traces kept are few enough to vary by chance: 5 standard deviations of 400.
      expect(Math.abs(spans / 20 - 100)).toBeLessThan(25);
    },
  );

  test('a trace is kept or not as a whole while the share changes', async () => {
    const clock = fakeClock();
    let load = 0;
    const sampler = adaptiveSampler({ aboveLoad: 0.5 }, { clock, load: () => load });
    const random = seededRandom(5);
    for (let at = 0; at < 200; at++) {
      const traceId = random.hex(32);
      const { decision } = sample(sampler, traceId);
      load = (at % 10) / 10;
      await clock.advance(1000);
      const context = parentOf(traceId, { isRemote: false, traceFlags: decision === 2 ? 1 : 0 });
      expect(sample(sampler, traceId, { context }).decision).toBe(decision);
    }
  });
});

function shareIn(traceState: string | undefined): number {
  const th = /^ot=th:([0-9a-f]+)$/.exec(traceState ?? '')?.[1] ?? '';
  return 1 - Number(BigInt(`0x${th.padEnd(14, '0')}`)) / 2 ** 56;
}
