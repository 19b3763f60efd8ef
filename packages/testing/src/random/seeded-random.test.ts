import { expect, test } from 'vitest';
import { seededRandom } from './seeded-random.ts';

test('the same seed gives the same numbers, another seed others', () => {
  const numbers = (seed: number | string): number[] => {
    const random = seededRandom(seed);
    return Array.from({ length: 5 }, random.next);
  };

  expect(numbers(7)).toEqual(numbers('7'));
  expect(numbers(7)).not.toEqual(numbers(8));
});

test('numbers are spread evenly over 0 to 1', () => {
  const random = seededRandom('spread');
  const buckets = Array<number>(10).fill(0);

  for (let index = 0; index < 10_000; index += 1) {
    const bucket = random.integer(10);
    buckets[bucket] = (buckets[bucket] as number) + 1;
  }

  // 1000 expected in each; five standard deviations are 150.
  for (const count of buckets) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

test('ids have the right form and do not repeat', () => {
  const { idGenerator } = seededRandom();
  const ids = Array.from({ length: 1000 }, idGenerator.generateTraceId);

  for (const id of ids) expect(id).toMatch(/^[\da-f]{32}$/);
  expect(new Set(ids).size).toBe(1000);
  expect(idGenerator.generateSpanId()).toMatch(/^[\da-f]{16}$/);
});

test('an id is never only zeros', () => {
  const random = seededRandom(3);

  for (let index = 0; index < 500; index += 1) expect(random.hex(1)).toMatch(/^[1-9a-f]$/);
});

test('bytes and picks', () => {
  const random = seededRandom(1);

  expect(random.bytes(20)).toHaveLength(20);
  expect(['a', 'b']).toContain(random.pick(['a', 'b']));
  expect(() => random.pick([])).toThrow(RangeError);
});
