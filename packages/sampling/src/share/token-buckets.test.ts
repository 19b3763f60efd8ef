import { fakeClock } from '@llm-otel/testing';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenBuckets } from './token-buckets.ts';

const visit = fc.record({
  key: fc.integer({ min: 0, max: 2500 }),
  wait: fc.constantFrom(0, 0, 0, 1, 20, 500),
  times: fc.integer({ min: 1, max: 4 }),
});

test('no key ever gets more than its burst and what has come in since, however many keys there are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(0.1, 1, 20),
      fc.constantFrom(1, 3, 50),
      fc.integer({ min: 900, max: 1000 }),
      fc.array(visit, { minLength: 50, maxLength: 400 }),
      async (perSecond, burst, others, visits) => {
        const clock = fakeClock();
        const started = clock.monotonicMillis();
        const buckets = new TokenBuckets({ perSecond, burst, clock });
        for (let at = 0; at < others; at++) buckets.take(`other ${at}`);
        const taken = new Map<number, number>();
        for (const { key, wait, times } of visits) {
          await clock.advance(wait);
          for (let at = 0; at < times; at++) {
            if (buckets.take(`${key}`)) taken.set(key, (taken.get(key) ?? 0) + 1);
          }
        }
        const most = burst + ((clock.monotonicMillis() - started) * perSecond) / 1000;
        for (const count of taken.values()) expect(count).toBeLessThanOrEqual(most + 1e-6);
      },
    ),
    { numRuns: 60 },
  );
});

test.each([1200, 2000, 5000])(
  '%d busy keys together stay within 1001 times the rate',
  async (keys) => {
    const clock = fakeClock();
    const buckets = new TokenBuckets({ perSecond: 0.1, burst: 1, clock });
    let taken = 0;
    for (let second = 0; second < 60; second++) {
      for (let key = 0; key < keys; key++) if (buckets.take(`${key}`)) taken++;
      await clock.advance(1000);
    }

    expect(taken).toBeLessThanOrEqual(1001 * (1 + 6));
    expect(taken).toBeGreaterThan(1000 * 5);
  },
);

test('a key that has been in the shared bucket does not start full', async () => {
  const clock = fakeClock();
  const buckets = new TokenBuckets({ perSecond: 1, burst: 2, clock });
  const take = (key: string): boolean => buckets.take(key);
  take('first');
  for (let at = 2; at < 2000; at++) take(`${at >> 1}`);
  expect([take('late'), take('late'), take('late')]).toEqual([true, true, false]);

  // The first one is full again.
  await clock.advance(1000);

  expect([take('late'), take('late')]).toEqual([true, false]);
});
