import { describe, expect, test } from 'vitest';
import { createRedactor } from '../redactor.ts';
import { endsEscape } from './ends-escape.ts';

const ESC = String.fromCharCode(27);

describe('a word starts behind', () => {
  test.each([
    ['a colour', `${ESC}[31m`],
    ['a colour of 24 bits', `${ESC}[38;2;255;100;0m`],
    ['the end of a colour', `${ESC}[m`],
    ['an erased line', `${ESC}[2K`],
    ['a colour in JSON', String.raw`\u001b[1m`],
    ['a colour in a shell', String.raw`\e[0;32m`],
    ['a colour in C', String.raw`\033[0m`],
    ['a colour in a URL', '%1B[0m'],
    ['a line break in JSON', String.raw`\n`],
    ['a space in JavaScript', String.raw`\x20`],
    ['a space in JSON', String.raw`\u0020`],
    ['an equals sign in a URL', '%3D'],
    ['an equals sign in a URL inside of a URL', '%253D'],
    ['an equals sign in a mail', '=3D'],
  ])('%s', (_, escape) => {
    expect(endsEscape(`x${escape}`, escape.length + 1)).toBe(true);
    expect(endsEscape(escape, escape.length)).toBe(true);
  });
});

test.each([
  'a',
  '31m',
  '[31m',
  'x[3',
  '%zz',
  String.raw`\xzz`,
  '=4D',
  `${ESC}[${'1'.repeat(80)}m`,
  '',
])('%j is part of the word', (text) => {
  expect(endsEscape(text, text.length)).toBe(false);
});

test('a token in colour is found, with the colours left', () => {
  const token = ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_');
  const redactor = createRedactor();

  expect(redactor.redact(`remote: ${ESC}[31m${token}${ESC}[0m rejected`)).toBe(
    `remote: ${ESC}[31m[REDACTED:github_token]${ESC}[0m rejected`,
  );
  expect(redactor.redact(`?next=%252Fhook%253Ft%253D${token}`)).not.toContain(token);
});
