import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorWord } from './error-word.ts';

test.each([
  'ECONNRESET',
  'rate_limit_exceeded',
  'TypeError',
  'ProvisionedThroughputExceededException',
  'ERR_HTTP2_STREAM_CANCEL',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'AADSTS7000215',
  'ORA-00942',
  '0x80072EE7',
  '42P01',
  '429',
])('%s is a code', (word) => {
  expect(errorWord(word)).toBe(word);
});

test.each<[string, unknown]>([
  ['nothing', ''],
  ['a number', 7],
  ['a sentence', 'it did not work'],
  ['a word without end', 'a'.repeat(41)],
  ['many words', 'abcd_'.repeat(13)],
  // Put together here, so that no scanner takes them for real ones.
  ['a key', ['sk', 'Zx8vQ2mLw0RtYb5NcKd3'].join('-')],
  ['an access key', ['AKIA', 'QWERTYUI7OPASDFG'].join('')],
  ['a token with numbers', ['xoxb', '123456789012', 'AbCdEfGh'].join('-')],
  ['a UUID', '7f1d2c3b-4a5e-4f60-8b71-92a3b4c5d6e7'],
])('%s is no code', (_, text) => {
  expect(errorWord(text)).toBeUndefined();
});

test('a hexadecimal token of 32 digits or more is never a code', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 32 }),
      (bytes) => errorWord(`${Buffer.from(bytes).toString('hex')}1`) === undefined,
    ),
  );
});
