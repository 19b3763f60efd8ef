import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { RunDecoder } from './run-decoder.ts';

afterEach(() => vi.unstubAllGlobals());

const encodings = ['base64', 'base64url', 'hex'] as const;

describe.each(['with', 'without'])('%s a native decoder', (native) => {
  const decoderOf = (): RunDecoder => {
    if (native === 'without') vi.stubGlobal('Buffer', undefined);
    const decoder = new RunDecoder();
    vi.unstubAllGlobals();
    return decoder;
  };

  test('a run of text is decoded exactly, wherever it stands and however long it is', () => {
    const decoder = decoderOf();
    const words = fc.string({ unit: 'grapheme-ascii', minLength: 24, maxLength: 900 });
    fc.assert(
      fc.property(words, fc.constantFrom(...encodings), fc.string(), (text, encoding, before) => {
        const run = Buffer.from(text).toString(encoding).replace(/=+$/, '');
        const isDecoded = decoder.decode(
          `${before}${run}=`,
          before.length,
          before.length + run.length,
        );

        expect(isDecoded).toBe(true);
        expect(Buffer.from(decoder.own()).toString()).toBe(text);
        expect(decoder.isHex).toBe(encoding === 'hex' || /^(?:[0-9a-fA-F]{2})+$/.test(run));
      }),
    );
  });

  test('bytes of any kind are decoded exactly where they are more than an id', () => {
    const decoder = decoderOf();
    const bytes = fc.uint8Array({ minLength: 200, maxLength: 400 });
    fc.assert(
      fc.property(bytes, fc.constantFrom(...encodings), (some, encoding) => {
        const run = Buffer.from(some).toString(encoding).replace(/=+$/, '');
        expect(decoder.decode(run, 0, run.length)).toBe(true);
        // Zeros in base64 are hex too.
        fc.pre(decoder.isHex === (encoding === 'hex'));
        expect(Buffer.from(decoder.own()).equals(some)).toBe(true);
      }),
    );
  });

  test('what is longer than its memory is decoded too, and what was read before does not change', () => {
    const decoder = decoderOf();
    const long = Buffer.alloc(199_998, 'a text of some length, ').toString('base64');
    decoder.decode(long, 0, long.length);
    const first = decoder.own();
    decoder.decode('0xff', 0, 4);
    const short = Buffer.from('another text, and a short one').toString('hex');
    decoder.decode(`0x${short}`, 0, short.length + 2);

    expect(Buffer.from(first).toString('base64') === long).toBe(true);
    expect([decoder.start, Buffer.from(decoder.own()).toString()]).toEqual([
      2,
      'another text, and a short one',
    ]);
  });
});

test('runs that cannot hold a text are told without decoding them', () => {
  const decoder = new RunDecoder();
  const noise = Buffer.alloc(48, '\xff\x80\xfe', 'latin1');
  for (const encoding of encodings) {
    const run = noise.toString(encoding);
    expect(decoder.decode(run, 0, run.length)).toBe(false);
  }
});

test('base64 that starts as marked hex does is base64', () => {
  const decoder = new RunDecoder();
  const run = `0x${Buffer.from('..a text that is long enough').toString('base64').slice(2, -2)}`;
  expect(decoder.decode(run, 0, run.length)).toBe(true);
  expect([decoder.start, decoder.isHex]).toEqual([0, false]);
  expect(Buffer.from(decoder.own()).toString('latin1')).toContain('a text that is long');
});
