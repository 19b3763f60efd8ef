import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerOf, reaches, thresholdFrom, thresholdOf } from './threshold.ts';

describe('thresholdOf', () => {
  test.each([
    [1, '0'],
    [1 / 2, '8'],
    [1 / 3, 'aaab'],
    [1 / 4, 'c'],
    [1 / 5, 'cccd'],
    [1 / 8, 'e'],
    [1 / 10, 'e666'],
    [1 / 16, 'f'],
    [1 / 100, 'fd70a'],
    [1 / 1000, 'ffbe77'],
    [1e-4, 'fff9724'],
    [1e-5, 'ffff583a'],
    [1e-6, 'ffffef39'],
  ])('a share of %d is the threshold %s', (ratio, text) => {
    expect(thresholdOf(ratio)?.text).toBe(text);
  });

  test('a share of nothing has no threshold', () => {
    expect(thresholdOf(0)).toBeUndefined();
    expect(thresholdOf(2 ** -57)).toBeUndefined();
    expect(thresholdOf(2 ** -56)?.text).toBe('ffffffffffffff');
    expect(thresholdOf(Number.NaN)).toBeUndefined();
  });

  test('the share that the text stands for is within a two-thousandth of the one asked for', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1, noNaN: true }), (ratio) => {
        const text = thresholdOf(ratio)?.text ?? '';
        const share = 1 - Number(BigInt(`0x${text.padEnd(14, '0')}`)) / 2 ** 56;
        expect(Math.abs(share - ratio)).toBeLessThan(Math.max(ratio / 2000, 2 ** -50));
        expect(text).toMatch(/^(0|[0-9a-f]{0,13}[1-9a-f])$/);
      }),
    );
  });
});

describe('reaches', () => {
  const randomness = fc.stringMatching(/^[0-9a-f]{14}$/);

  test('agrees with the comparison of the digits as text', () => {
    fc.assert(
      fc.property(randomness, randomness, (random, threshold) => {
        const parsed = thresholdFrom(threshold);
        expect(parsed && reaches(parsed, `xx${random}`, 2)).toBe(random >= threshold);
      }),
    );
  });

  test('a threshold reaches itself, and the next lower one does not reach it', () => {
    const threshold = thresholdFrom('8000000000000a');

    expect(threshold && reaches(threshold, '8000000000000a', 0)).toBe(true);
    expect(threshold && reaches(threshold, '80000000000009', 0)).toBe(false);
  });
});

test.each(['', 'E666', '0x8', 'g', '123456789012345', ' 8'])('%j is no threshold', (text) => {
  expect(thresholdFrom(text)).toBeUndefined();
});

test('the lower of two thresholds keeps more', () => {
  const half = thresholdOf(0.5);
  const tenth = thresholdOf(0.1);

  expect(half && tenth && [lowerOf(half, tenth), lowerOf(tenth, half)]).toEqual([half, half]);
});
