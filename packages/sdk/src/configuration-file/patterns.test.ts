import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { asExpression, letsThrough } from './patterns.ts';

const names = ['http.method', 'http.url', 'user', 'users', ''];
const through = (included?: string[], excluded?: string[]): string[] =>
  names.filter(letsThrough({ included, excluded }));

test('patterns are names with stars and question marks; what is excluded wins', () => {
  expect(through()).toEqual(names);
  expect(through(['http.*'])).toEqual(['http.method', 'http.url']);
  expect(through(['user?'])).toEqual(['users']);
  expect(through(undefined, ['user*'])).toEqual(['http.method', 'http.url', '']);
  expect(through(['http.*', 'user'], ['*url'])).toEqual(['http.method', 'user']);
  // A dot is a dot.
  expect(through(['httpxmethod', 'http?method'])).toEqual(['http.method']);
});

test('one expression lets the same through', () => {
  const pattern = fc.string({
    unit: fc.constantFrom('a', 'b', '*', '?', '.', '(', '|'),
    maxLength: 6,
  });
  const list = fc.option(fc.array(pattern, { minLength: 1, maxLength: 3 }), { nil: undefined });
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', '(', '|'), maxLength: 6 });
  fc.assert(
    fc.property(list, list, name, (included, excluded, text) => {
      const patterns = { included, excluded };
      expect(asExpression(patterns).test(text)).toBe(letsThrough(patterns)(text));
    }),
  );
});
