import { expect, test } from 'vitest';
import { formatCost, formatNanos, formatTokens } from './figures.ts';

test.each([
  [1_234_567n, '1.2 ms'],
  [412_000_000n, '412 ms'],
  [2_310_000_000n, '2.31 s'],
  [65_000_000_000n, '1 m 05'],
])('%s nanoseconds are printed as %s', (nanos, text) => {
  expect(formatNanos(nanos)).toBe(text);
});

test('small costs keep six digits, so that a call never looks free', () => {
  expect(formatCost({ costMicroUsd: 42 })).toBe('$0.000042');
  expect(formatCost({ costMicroUsd: 4200 })).toBe('$0.0042');
});

test('an unknown price and unknown tokens print nothing', () => {
  expect(formatCost({})).toBe('');
  expect(formatTokens({})).toBe('');
});

test('a side that is not known is a question mark', () => {
  expect(formatTokens({ inputTokens: 12_345 })).toBe('12.3k→?');
});
