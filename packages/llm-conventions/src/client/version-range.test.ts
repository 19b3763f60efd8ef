import { expect, test } from 'vitest';
import { isWithin, rangeText } from './version-range.ts';

const range = { from: '0.90.0', below: '2.0.0' };

test.each([
  ['0.89.9', false],
  ['0.90.0', true],
  ['0.137.0', true],
  ['1.14.2', true],
  ['1.0.0-beta.1', true],
  ['2.0.0-beta.1', false],
  ['2.0.0', false],
  ['10.0.0', false],
  ['', false],
  ['not a version', false],
])('%s is within %s', (version, known) => {
  expect(isWithin(version, range)).toBe(known);
});

test('a range is told as npm writes it', () => {
  expect(rangeText(range)).toBe('>=0.90.0 <2.0.0');
});
