import { seededRandom } from '@llm-otel/testing';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DecisionCache } from './decision-cache.ts';

const ids = fc.stringMatching(/^[0-9a-f]{32}$/);

test('a decision is found again, and only for its own trace', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(ids, fc.integer({ min: 1, max: 2 ** 32 - 1 })), { maxLength: 50 }),
      ids,
      (entries, other) => {
        const cache = new DecisionCache(64);
        for (const [id, decision] of entries) cache.set(id, decision);

        const expected = new Map(entries);
        for (const [id, decision] of expected) expect(cache.get(id)).toBe(decision);
        if (!expected.has(other)) expect(cache.get(other)).toBeUndefined();
      },
    ),
  );
});

test('at least as many decisions as asked for are remembered, and the older ones are forgotten', () => {
  const random = seededRandom(1);
  const cache = new DecisionCache(1000);
  const all = Array.from({ length: 10_000 }, () => random.hex(32));
  for (const id of all) cache.set(id, 7);

  expect(all.slice(-500).every((id) => cache.get(id) === 7)).toBe(true);
  expect(all.filter((id) => cache.get(id) !== undefined).length).toBeLessThanOrEqual(2100);
});

test('a decision that is asked for again and again stays', () => {
  const random = seededRandom(2);
  const cache = new DecisionCache(16);
  const running = random.hex(32);
  cache.set(running, 3);
  for (let at = 0; at < 1000; at++) {
    cache.set(random.hex(32), 1);
    expect(cache.get(running)).toBe(3);
  }
});

test('ids that differ in one place only are different', () => {
  const cache = new DecisionCache(64);
  const base = '0'.repeat(31);
  const similar = Array.from({ length: 32 }, (_, at) => `${base.slice(0, at)}1${base.slice(at)}`);
  for (const [at, id] of similar.entries()) cache.set(id, at + 1);

  expect(similar.map((id) => cache.get(id))).toEqual(similar.map((_, at) => at + 1));
});

test('a decision takes 17 bytes, and both tables together hold what was asked for', () => {
  const random = seededRandom(3);
  const cache = new DecisionCache(100_000);
  expect(cache.bytes).toBe(0);
  for (let at = 0; at < 150_000; at++) cache.set(random.hex(32), 1);

  expect(cache.bytes / 100_000).toBeGreaterThan(16);
  expect(cache.bytes / 100_000).toBeLessThan(17.2);
});

test('ids that count up in one place of them are found in a full table, each as itself', () => {
  for (const idOf of [
    (at: number) => at.toString(16).padStart(32, '0'),
    (at: number) => at.toString(16).padStart(16, '0').padEnd(32, '0'),
    (at: number) => `${at.toString(16).padStart(8, '0')}${'a'.repeat(24)}`,
    (at: number) => `${at.toString(16).padStart(8, '0').repeat(2)}${'a'.repeat(16)}`,
  ]) {
    const cache = new DecisionCache(65_536);
    const ids = Array.from({ length: 32_000 }, (_, at) => idOf(at + 1));
    for (const [at, id] of ids.entries()) cache.set(id, at + 1);

    expect(ids.every((id, at) => cache.get(id) === at + 1)).toBe(true);
  }
});

test('like a map, also where decisions are taken out, whatever ids have the same place', () => {
  // Few ids in a small table, so that many of them are moved from their place.
  const few = fc.integer({ min: 0, max: 7 }).map((at) => at.toString(16).repeat(32));
  const step = fc.tuple(few, fc.option(fc.integer({ min: 1, max: 9 })));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const cache = new DecisionCache(16);
      const expected = new Map<string, number>();
      for (const [id, decision] of steps) {
        if (decision === null) {
          cache.delete(id);
          expected.delete(id);
        } else {
          cache.set(id, decision);
          expected.set(id, decision);
        }
        for (let at = 0; at < 8; at++) {
          const one = at.toString(16).repeat(32);
          expect(cache.get(one)).toBe(expected.get(one));
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('what is taken out makes room, in both tables', () => {
  const random = seededRandom(4);
  const cache = new DecisionCache(1000);
  const stays = Array.from({ length: 300 }, () => random.hex(32));
  for (const id of stays) cache.set(id, 5);
  for (let at = 0; at < 20_000; at++) {
    const id = random.hex(32);
    cache.set(id, 1);
    cache.delete(id);
    if (cache.get(id) !== undefined) throw new Error(`${id} is still there`);
  }

  expect(stays.every((id) => cache.get(id) === 5)).toBe(true);
});
