import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundedPattern, checkPattern } from './check-pattern.ts';

test.each([
  String.raw`EMP-\d{6}`,
  String.raw`\bINT-[A-Z]{2,4}-\d+\b`,
  String.raw`\w+@corp\.example`,
  'secret (?:one|two)',
  '(?<name>abc)x*',
  '[+*?]{2}',
  'a{3,}b',
  'key: .*',
  String.raw`\u{1F600}\x41\u0041\p{Lu}`,
  '(?:ab)+',
])('%s can be used', (source) => {
  expect(checkPattern(source)).toBeUndefined();
});

test.each([
  ['', '1 to 1000 characters'],
  ['a'.repeat(1001), '1 to 1000 characters'],
  ['(', 'a valid regular expression'],
  ['a*', 'does not match the empty text'],
  ['(a+)+', 'without a repetition or an alternative inside a repeated group'],
  ['(?:a|aa)+x', 'without a repetition or an alternative inside a repeated group'],
  ['(?:(?:ab?)c){2,5}x', 'without a repetition or an alternative inside a repeated group'],
  [String.raw`(a)\1`, 'without back references'],
  [String.raw`(?<x>a)\k<x>`, 'without back references'],
  ['(?=a)b', 'without look-around'],
  ['(?<!a)b', 'without look-around'],
  ['a+b+c+d', 'fewer repetitions'],
  ['a{1,2000}b', 'at most 1000'],
])('%s is refused', (source, reason) => {
  expect(checkPattern(source)).toContain(reason);
});

test('an open repetition inside a pattern is bounded, the last one is not', () => {
  expect(boundedPattern(String.raw`a+b*?\d{2,}c+`)).toBe(String.raw`a{1,64}b{0,64}?\d{2,64}c+`);
  expect(boundedPattern('[+]+x')).toBe('[+]{1,64}x');
  expect(boundedPattern('(?:key: .*)')).toBe('(?:key: .*)');
});

test('a pattern that is accepted can still be compiled once it is bounded', () => {
  const part = fc.constantFrom(
    'a',
    '[b-d]',
    String.raw`\d`,
    '(?:',
    ')',
    '|',
    '*',
    '+',
    '?',
    '{2,}',
    '{3}',
    '^',
    '.',
  );

  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const source = parts.join('');
      if (checkPattern(source) === undefined)
        expect(new RegExp(boundedPattern(source), 'u').test('')).toBe(false);
    }),
    { numRuns: 2000 },
  );
});
