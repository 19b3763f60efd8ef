import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { partsOf } from './parts-of-text.ts';

test('the parts are the text, none too long, and none starts in a finding where a line could end beside it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[ab]{0,40}\n$/), { maxLength: 400 }),
      fc.array(fc.nat({ max: 8000 }), { maxLength: 20 }),
      (lines, starts) => {
        const text = lines.join('');
        const findings = starts
          .filter((start) => start + 5 < text.length)
          .toSorted((a, b) => a - b)
          .map((start) => ({ start, end: start + 5 }));
        const parts = partsOf(text, findings, 500);

        expect(parts.join('')).toBe(text);
        expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(1000);
        let at = 0;
        for (const part of parts) {
          expect(findings.some(({ start, end }) => at > start && at < end)).toBe(false);
          at += part.length;
        }
      },
    ),
  );
});

test('a cut keeps away from a finding where it can, and a text without lines is cut all the same', () => {
  const text = `${'a'.repeat(99)}\n`.repeat(100);

  expect(partsOf(text, [], 3000)[0]).toHaveLength(3100);
  expect(partsOf(text, [{ start: 3110, end: 3120 }], 3000)[0]).toHaveLength(4200);
  expect(partsOf('x'.repeat(1200), [], 500)).toHaveLength(3);
});
