import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bar } from './bar.ts';

test('a bar always has the asked width and at least one filled cell', () => {
  const fraction = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fraction,
      fraction,
      fc.option(fraction, { nil: undefined }),
      fc.integer({ min: 1, max: 80 }),
      (a, b, firstToken, width) => {
        const drawn = bar({ start: Math.min(a, b), end: Math.max(a, b), firstToken }, width);

        expect(drawn).toHaveLength(width);
        expect(drawn).toMatch(/^ *░*█* *$/);
        expect(drawn.trim()).not.toBe('');
      },
    ),
  );
});

test('the part before the first token is lighter', () => {
  expect(bar({ start: 0.5, end: 1, firstToken: 0.7 }, 10)).toBe('     ░░███');
});
