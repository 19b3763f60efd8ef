import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dataOfJson } from './data-of-json.ts';

test.each([
  ['{"a":[1,2.5,null]}', { a: [1, 2.5, null] }],
  [' [21.0, 1.10, 1e3, -0.5]', [21, 1.1, 1000, -0.5]],
  ['{"id":"12345678901234567890"}', { id: '12345678901234567890' }],
  ['{"big":9007199254740992}', { big: 9_007_199_254_740_992 }],
])('%s is data', (text, data) => {
  expect(dataOfJson(text)).toEqual(data);
});

test.each([
  '1.10',
  '12345678901234567890',
  '"quoted"',
  'true',
  '{"id":12345678901234567890}',
  '[0.12345678901234567890]',
  '[1e400]',
  '[1e-400]',
  '[476837158203125000000000]',
  '{"a":',
  '',
])('%s stays the text it was', (text) => {
  expect(dataOfJson(text)).toBe(text);
});

test('what is no text is what it was', () => {
  const data = { a: 1 };

  expect(dataOfJson(data)).toBe(data);
});

test('numbers are exact, or the text is kept', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (id) => {
      const data = dataOfJson(`{"id":${id}}`);

      expect(typeof data === 'string' ? data : JSON.stringify(data)).toBe(`{"id":${id}}`);
    }),
  );
});

test('whatever has been written as JSON is read as it was, or kept as text', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      const data = dataOfJson(text);

      expect(typeof data === 'string' ? data : JSON.stringify(data)).toBe(text);
    }),
  );
});
