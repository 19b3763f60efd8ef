import { expect, test } from 'vitest';
import {
  barOf,
  bytesOf,
  countOf,
  dollarsOf,
  percentOf,
  shortened,
  table,
  timeOf,
  widthOf,
} from './text.ts';

test.each([
  [countOf(1234567), '1,234,567'],
  [countOf(1, 'trace'), '1 trace'],
  [countOf(0, 'trace'), '0 traces'],
  [percentOf(1, 3), '33 %'],
  [percentOf(1, 40), '2.5 %'],
  [percentOf(1, 100_000), '0.001 %'],
  [percentOf(0, 7), '0 %'],
  [percentOf(0, 0), '–'],
  [barOf(1, 2, 4), '██··'],
  [barOf(1, 32, 4), '▏···'],
  [barOf(5, 5, 4), '████'],
  [barOf(0, 0, 2), '··'],
  [bytesOf(999), '999 B'],
  [bytesOf(1536), '1.5 kB'],
  [bytesOf(123_456_789), '123 MB'],
  [bytesOf(5e15), '5000 TB'],
  [dollarsOf(0), '0.00 USD'],
  [dollarsOf(0.0123), '0.0123 USD'],
  [dollarsOf(27.234), '27.23 USD'],
  [timeOf(12.4), '12 ms'],
  [timeOf(1500), '1.5 s'],
  [timeOf(180_000), '3 min'],
  [timeOf(7_500_000), '2 h 5 min'],
])('%j', (text, expected) => {
  expect(text).toBe(expected);
});

test('columns are as wide as their widest cell', () => {
  expect(
    table(
      ['a', 'n'],
      [
        ['long', '1'],
        ['b', '200'],
      ],
      ['left', 'right'],
    ),
  ).toEqual(['a       n', 'long    1', 'b     200']);
});

test('characters of East Asia and pictures take two columns, in a table as well', () => {
  expect(['abc', '日本', '🔥!', '한글', ''].map((text) => widthOf(text))).toEqual([3, 4, 3, 4, 0]);
  expect(table(['a', 'b'], [['日本', '1']], ['left', 'right'])).toEqual(['a     b', '日本  1']);
});

test.each([
  ['short', 5, 'short'],
  ['longer', 5, 'long…'],
  ['日本語の', 6, '日本…'],
  ['🔥🔥', 3, '🔥…'],
])('%s in %d columns', (text, columns, expected) => {
  expect(shortened(text, columns)).toBe(expected);
});
