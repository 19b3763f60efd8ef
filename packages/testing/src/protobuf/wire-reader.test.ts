import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DecodeError } from './decode-error.ts';
import { WireReader } from './wire-reader.ts';

const reader = (...bytes: number[]): WireReader => new WireReader(Uint8Array.from(bytes));

function varintBytes(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

describe('WireReader', () => {
  test('every unsigned 64-bit number survives as a varint', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        const varint = reader(...varintBytes(value));

        expect(varint.varint()).toBe(value);
        expect(varint.done).toBe(true);
      }),
    );
  });

  test('a varint of eleven bytes is refused', () => {
    expect(() => reader(...Array<number>(11).fill(0x80)).varint()).toThrow(/longer than 10/);
    expect(() => reader(...Array<number>(11).fill(0x80)).tag()).toThrow(/longer than 10/);
  });

  test('a varint above 64 bits is refused', () => {
    expect(() => reader(...Array<number>(9).fill(0xff), 0x02).varint()).toThrow(/above 64 bits/);
  });

  test('fixed numbers are little endian', () => {
    expect(reader(1, 0, 0, 0x80).fixed32()).toBe(0x8000_0001);
    expect(reader(1, 0, 0, 0, 0, 0, 0, 0x80).fixed64()).toBe(0x8000_0000_0000_0001n);
    expect(reader(0, 0, 0, 0, 0, 0, 0xf8, 0x3f).double()).toBe(1.5);
  });

  test('a length past the end is refused, with the place', () => {
    expect(() => reader(5, 1, 2).bytes()).toThrow('at byte 1: 5 bytes needed, 2 bytes left');
    expect(() => reader(...varintBytes(2n ** 60n)).bytes()).toThrow(DecodeError);
    expect(() => reader(1, 2, 3).fixed32()).toThrow(/fixed32 needed/);
    expect(() => reader().varint()).toThrow(/varint needed/);
  });

  test('a nested message cannot read past its own end', () => {
    const outer = reader(2, 3, 1, 2, 3);
    const inner = outer.message();

    expect(() => inner.bytes()).toThrow(DecodeError);
    expect(outer.position).toBe(3);
  });

  test.each([
    ['a lone continuation byte', [1, 0x80]],
    ['a surrogate', [3, 0xed, 0xa0, 0x80]],
    ['an overlong form', [2, 0xc0, 0x80]],
    ['a cut character', [2, 0xe2, 0x82]],
  ])('%s is not valid UTF-8', (_name, bytes) => {
    expect(() => reader(...bytes).string()).toThrow(/not valid UTF-8/);
  });

  test('a byte order mark is part of the text', () => {
    expect(reader(3, 0xef, 0xbb, 0xbf).string()).toBe('\u{FEFF}');
  });

  test.each([[3], [4], [6], [7]])('wire type %i is refused', (wireType) => {
    expect(() => reader(8 + wireType).tag()).toThrow(`wire type ${wireType}`);
  });

  test('field numbers outside of 1 to 2^29-1 are refused', () => {
    expect(() => reader(0).tag()).toThrow('field number 0');
    expect(() => reader(...varintBytes(2n ** 32n)).tag()).toThrow(/field number/);
    expect(reader(...varintBytes(2n ** 32n - 8n)).tag().field).toBe(2 ** 29 - 1);
  });

  test('skip moves over each wire type', () => {
    const bytes = reader(0x80, 1, 1, 2, 3, 4, 5, 6, 7, 8, 2, 9, 9, 1, 2, 3, 4, 42);

    for (const wireType of [0, 1, 2, 5]) bytes.skip(wireType);

    expect(bytes.varint()).toBe(42n);
  });

  test('random bytes end in a value or a DecodeError, never in anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const random = new WireReader(bytes);
        try {
          while (!random.done) random.skip(random.tag().wireType);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
    );
  });
});
