import { expect, test } from 'vitest';
import { fuzzHeaders } from './fuzz-headers.ts';

test('100,000 random headers are read and written on without an exception, each in a few milliseconds', () => {
  const { failures, accepted, slowest } = fuzzHeaders(100_000, 42);

  expect(failures).toEqual([]);
  // Both ways are taken often: headers that carry a context, and others.
  expect(accepted).toBeGreaterThan(20_000);
  expect(accepted).toBeLessThan(90_000);
  expect(slowest.millis, JSON.stringify(slowest)).toBeLessThan(100);
});
