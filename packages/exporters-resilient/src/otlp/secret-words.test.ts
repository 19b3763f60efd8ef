import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SecretWords } from './secret-words.ts';

// Put together here, so that no file holds anything that looks like a credential.
const token = ['Not', 'a/real+', 'token', '42'].join('_');
const password = ['pa', '55', '-w'].join('');
const words = new SecretWords([
  `Bearer ${token}`,
  `Basic ${btoa(`operator:${password}`)}`,
  `key=${'k'.repeat(12)};tenant=9`,
]);

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const percent = (text: string): string =>
  Array.from(text, (char) => `%${char.charCodeAt(0).toString(16)}`).join('');
const unicode = (text: string): string =>
  Array.from(text, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const entities = (text: string): string =>
  Array.from(text, (char) => `&#${char.charCodeAt(0)};`).join('');

test.for<[string, string]>([
  ['as it is', token],
  ['in upper case', token.toUpperCase()],
  ['for a URL', encodeURIComponent(token)],
  ['for a URL, twice', encodeURIComponent(encodeURIComponent(token))],
  ['for a URL, every character', percent(token)],
  ['in JSON', JSON.stringify({ token }).replaceAll('/', '\\/')],
  ['in JSON, every character', unicode(token)],
  ['in HTML', entities(token)],
  ['in hexadecimal digits', Buffer.from(token).toString('hex')],
  ['in base64', base64(token)],
  ['in base64 for URLs', Buffer.from(token).toString('base64url')],
  ['in base64 behind its scheme', base64(`Bearer ${token}`)],
  ['in base64 behind its header', base64(`authorization: Bearer ${token}\r\nhost: a`)],
  ['in base64 in a URL', encodeURIComponent(base64(`x${token}`))],
])('a token that is quoted %s is not printed', ([, quoted]) => {
  const printed = words.scrub(`no such key (${quoted}) here`);

  expect(printed).toMatch(/^no such key \(.*\[redacted\].*\) here$/);
  // But for a character or two at the ends of base64 nothing is left of it.
  expect(printed.length).toBeLessThan(70);
  for (const form of [token, token.slice(3, -3), quoted, quoted.slice(6, -6)])
    expect(printed).not.toContain(form);
});

test('of Basic the password is as secret as the pair', () => {
  expect(words.scrub(`wrong password ${password} for operator`)).toBe(
    'wrong password [redacted] for [redacted]',
  );
  expect(words.scrub(btoa(`operator:${password}`))).toContain('[redacted]');
});

test('a part of a value is secret too, and an ordinary text is left as it is', () => {
  expect(words.scrub(`bad ${'k'.repeat(12)}`)).toBe('bad [redacted]');
  const text = 'Bearer tokens of tenant 9 are %20 not \\u0041 &amp; known 100%';
  expect(words.scrub(text)).toBe(text);
  expect(new SecretWords([]).scrub(token)).toBe(token);
});

test('whatever the word and the text around it: in no form is it left', () => {
  const word = fc.string({ minLength: 8, maxLength: 40, unit: 'binary-ascii' });
  fc.assert(
    fc.property(word, fc.string(), fc.string(), (secret, before, after) => {
      const value = secret.replaceAll(/[^\x21-\x7e]/g, 'x');
      const scrubber = new SecretWords([value]);
      for (const form of [value, encodeURIComponent(value), base64(value), percent(value)])
        expect(scrubber.scrub(`${before} ${form} ${after}`)).not.toContain(form);
    }),
  );
});

test('a text that is nothing but encodings takes no longer than one of words', () => {
  for (const hostile of ['%', '%25', '&#', '\\u00', '&#37;', '%2525'])
    expect(words.scrub(hostile.repeat(20_000))).not.toContain('[redacted]');
});
