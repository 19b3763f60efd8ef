import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { body } from '../../test/made-secrets.ts';
import { BASE62, HEX, URL64 } from './characters.ts';
import { looksRandom } from './looks-random.ts';

describe('random characters', () => {
  test.each([
    ['base62', BASE62],
    ['hex', HEX],
    ['base64 for URLs', URL64],
  ])('of %s look random nearly always, from 24 on', (_, alphabet) => {
    const texts = Array.from({ length: 500 }, (_, seed) =>
      body(24 + (seed % 40), alphabet, seed + 1),
    );

    const random = texts.filter((text) => looksRandom(text, 0, text.length));

    expect(random.length).toBeGreaterThan(490);
  });
});

describe('what people and programs name', () => {
  test.each([
    'getSignatureOfTypeTag',
    'findTokenOnLeftOfPosition',
    'exchangeX509Token',
    'CachedX509Token',
    'my-kebab-case-identifier-2',
    'SOME_CONSTANT_NAME_1',
    'com.example.app.Version2',
    '/usr/lib/x86_64-linux-gnu',
    'https://host/v1/a1b2c3',
    '3f2b8c1e-9d4a-4f6b-8e7c-1a2b3c4d5e6f',
    '2026-11-20T22:50:02Z',
    '1763000000123456',
    'v1.2.3-rc.4',
    'password',
    'Hello',
    'a1b2c3d',
  ])('%s does not look random', (text) => {
    expect(looksRandom(text, 0, text.length)).toBe(false);
  });

  test('words with a capital in front never look random', () => {
    const word = fc
      .constantFrom(
        ...'exchange token provider refresh access secret store manager build config user account service client response handler async stream buffer parse value message content model agent tool call result index query batch retry queue limit budget trace export redact sample policy'.split(
          ' ',
        ),
      )
      .chain((plain) => fc.constantFrom(plain, plain[0]!.toUpperCase() + plain.slice(1)));

    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const text = words.join('');
        return !looksRandom(text, 0, text.length);
      }),
    );
  });
});
