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

const line = (text: string, length: number, by = '\n'): string =>
  text.match(new RegExp(`.{1,${length}}`, 'g'))!.join(by);

test.for<[string, string]>([
  ['its beginning', `${token.slice(0, 10)}...`],
  ['its end', `...${token.slice(-10)}`],
  ['its middle', `…${token.slice(4, 14)}…`],
  ['a part in upper case', token.slice(3, 13).toUpperCase()],
  ['a part for a URL', encodeURIComponent(token.slice(3, 15))],
  ['a part in JSON', unicode(token.slice(3, 13))],
  ['a part of its base64', base64(token).slice(4, 20)],
  ['a part of its hexadecimal digits', Buffer.from(token).toString('hex').slice(3, 24)],
  ['lines of it', line(token, 5)],
  ['lines of it, with an indent', line(token, 4, '\r\n    ')],
  ['lines of it, in JSON', JSON.stringify(line(token, 5))],
  ['lines of its base64', line(base64(token), 6)],
  ['one character after the other', line(token, 1, ' ')],
])('of a token %s is not printed', ([, quoted]) => {
  const printed = words.scrub(`no such key (${quoted}) here`);

  expect(printed).toMatch(/^no such key \(.*\[redacted\].*\) here$/);
  expect(printed.length).toBeLessThan(45);
});

test('less than a piece, and names and schemes of the value, are printed', () => {
  const text = `Bearer tokens begin with ${token.slice(0, 7)}, not with tenant=9 or key=value`;
  expect(words.scrub(text)).toBe(text);
});

test('of a very long token too', () => {
  const long = Array.from({ length: 4000 }, (_, i) => (i * 7919).toString(36)).join('');
  const scrubber = new SecretWords([`Bearer ${long}`]);

  expect(scrubber.scrub(`bad ${long.slice(9000, 9050)}!`)).toBe('bad [redacted]!');
  expect(scrubber.scrub(`bad ${long.slice(5, 13)}!`)).toBe('bad [redacted]!');
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

test('of no word any eight characters in a row are left, wherever the text has them and however it is broken', () => {
  const word = fc.string({
    minLength: 8,
    maxLength: 40,
    unit: fc.constantFrom('a', 'b', 'X', 'Y', '0', '9', '-', '.', '_', '~', '+', '/'),
  });
  fc.assert(
    fc.property(word, fc.nat(), fc.nat(), fc.nat(9), (secret, from, length, every) => {
      const start = from % (secret.length - 7);
      const piece = secret.slice(start, start + 8 + (length % (secret.length - start - 7)));
      const broken = every === 0 ? piece : line(piece, every);

      const printed = new SecretWords([`Bearer ${secret}`]).scrub(`(${broken})`);

      expect(printed).toMatch(/^\((?:\[redacted\]\n?)+\)$/);
    }),
  );
});

test('a text that is nothing but encodings takes no longer than one of words', () => {
  for (const hostile of ['%', '%25', '&#', '\\u00', '&#37;', '%2525'])
    expect(words.scrub(hostile.repeat(20_000))).not.toContain('[redacted]');
});
