import { describe, expect, test } from 'vitest';
import { describeRatio, describeTarget, formatNanos, meets } from './target.ts';

describe('a target holds', () => {
  test('where every limit in it holds', () => {
    const figures = { oursNanos: 10, ratio: 1 / 3, oursBytes: 0 };

    expect(meets(figures, { timesFaster: 3, maxNanos: 10, maxBytes: 0 })).toBe(true);
    expect(meets(figures, { timesFaster: 3.1 })).toBe(false);
    expect(meets(figures, { timesFaster: 3, maxNanos: 9 })).toBe(false);
  });

  test('not, where the figure it needs is missing', () => {
    expect(meets({ oursNanos: 1 }, { timesTheTime: 2 })).toBe(false);
    expect(meets({ oursNanos: 1 }, { maxBytes: 0 })).toBe(false);
  });

  test('up to an allowed difference from the baseline', () => {
    const figures = { oursNanos: 1_030_000, extraNanos: 30_000, ratio: 1.03 };

    expect(meets(figures, { maxExtraNanos: 30_000 })).toBe(true);
    expect(meets(figures, { maxExtraNanos: 29_999 })).toBe(false);
  });
});

test('a target reads as a sentence would say it', () => {
  expect(describeTarget({ timesFaster: 2.4 })).toBe('at least 2.4x faster');
  expect(describeTarget({ timesTheTime: 1.5, maxNanos: 1e6 })).toBe(
    'at most 1.5x the time, at most 1 ms',
  );
});

test('a ratio is put in the words of its target, and never called faster when it is slower', () => {
  expect(describeRatio(0.25, { timesFaster: 3 })).toBe('4x faster');
  expect(describeRatio(1.25, { timesFaster: 3 })).toBe('1.25x the time');
  expect(describeRatio(0.8, { timesTheTime: 1.3 })).toBe('0.8x the time');
  expect(describeRatio(0.5, undefined)).toBe('2x faster');
});

test('durations come in the unit a reader would choose', () => {
  expect([0.257, 12, 1500, 2_345_678, 3e9].map((nanos) => formatNanos(nanos))).toEqual([
    '0.257 ns',
    '12 ns',
    '1.5 us',
    '2.35 ms',
    '3 s',
  ]);
});
