import { createHash, createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKeyedHash } from '../node/index.ts';
import { keyedHash } from './keyed-hash.ts';
import { sha256 } from './sha256.ts';

const bytes = fc.uint8Array({ maxLength: 300 });
const hex = (digest: Uint8Array): string => Buffer.from(digest).toString('hex');

test('the digest is that of the standard, for every length around a block', () => {
  for (let length = 0; length < 200; length++) {
    const message = Uint8Array.from({ length }, (_, index) => index * 7);
    expect(hex(sha256(message))).toBe(createHash('sha256').update(message).digest('hex'));
  }
  fc.assert(
    fc.property(bytes, (message) => {
      expect(hex(sha256(message))).toBe(createHash('sha256').update(message).digest('hex'));
    }),
  );
});

describe('a keyed hash', () => {
  test.each([undefined, null, 7, {}, 'short'])('says what is wrong with %s as a key', (key) => {
    expect(() => keyedHash({ key: key as string })).toThrow(
      'keyedHash.key is [redacted]: use at least 16 bytes',
    );
  });

  test('is HMAC-SHA-256 cut to 60 bits, the same in every runtime', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 150 }), fc.string(), (key, text) => {
        const portable = keyedHash({ key })(text);
        const digest = createHmac('sha256', key).update(text).digest();
        const bits = Array.from(digest, (byte) => byte.toString(2).padStart(8, '0')).join('');

        expect(portable).toMatch(/^[a-z2-7]{12}$/);
        expect(portable).toBe(nodeKeyedHash({ key })(text));
        expect(
          portable
            .split('')
            .map((letter) =>
              'abcdefghijklmnopqrstuvwxyz234567'.indexOf(letter).toString(2).padStart(5, '0'),
            )
            .join(''),
        ).toBe(bits.slice(0, 60));
      }),
    );
  });

  test('differs with the key', () => {
    const first = keyedHash({ key: 'k'.repeat(16) });
    expect(first('ada')).toBe(first('ada'));
    expect(first('ada')).not.toBe(keyedHash({ key: 'l'.repeat(16) })('ada'));
  });

  test.each([keyedHash, nodeKeyedHash])('refuses a short key and does not show it', (make) => {
    expect(() => make({ key: 'hunter2' })).toThrow(/keyedHash\.key.*at least 16 bytes/);
    expect(() => make({ key: 'hunter2' })).not.toThrow(/hunter2/);
  });

  test.each([keyedHash, nodeKeyedHash])('refuses what is no key', (make) => {
    for (const key of [
      undefined,
      null,
      5,
      {},
      Array.from({ length: 16 }, () => 1),
      new ArrayBuffer(32),
    ])
      expect(() => make({ key: key as never })).toThrow(/keyedHash\.key.*at least 16 bytes/);
    expect(() => make({} as never)).toThrow(/keyedHash\.key/);
    expect(make({ key: Buffer.alloc(16) })('ada')).toHaveLength(12);
  });
});
