import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtobufWriter, varintSize } from './protobuf-writer.ts';
import { writeUtf8Portably } from './write-utf8.ts';

const written = (write: (writer: ProtobufWriter) => void): Buffer => {
  const writer = new ProtobufWriter();
  write(writer);
  return Buffer.from(writer.copy());
};

/** Seven bits at a time, by BigInt: slow and plain to see. */
function varintOf(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}

test('a varint of 64 bits is the one of BigInt arithmetic', () => {
  const integers = fc.oneof(
    fc.maxSafeInteger(),
    fc.integer(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1025n }).map(Number),
  );
  fc.assert(
    fc.property(integers, (value) => {
      expect([...written((writer) => writer.varint64(value))]).toEqual(varintOf(BigInt(value)));
    }),
  );
});

test('a time is its nanoseconds, exactly', () => {
  fc.assert(
    fc.property(fc.nat({ max: 18_000_000_000 }), fc.nat({ max: 999_999_999 }), (seconds, nanos) => {
      const bytes = written((writer) => writer.time([seconds, nanos]));
      expect(bytes.readBigUInt64LE()).toBe(
        BigInt.asUintN(64, BigInt(seconds) * 1_000_000_000n + BigInt(nanos)),
      );
    }),
  );
});

test('a nested message of any length gets the right length, whatever was reserved for it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0, 1, 127, 128, 16_383, 16_384, 100_000),
      fc.integer({ min: 1, max: 4 }),
      (length, reserved) => {
        const bytes = written((writer) => {
          const start = writer.open(reserved);
          writer.room(length);
          for (let i = 0; i < length; i++) writer.byte(i);
          writer.close(start, reserved);
        });
        expect([...bytes.subarray(0, varintSize(length))]).toEqual(varintOf(BigInt(length)));
        expect(bytes.length).toBe(varintSize(length) + length);
        expect(bytes.at(-1)).toBe(length === 0 ? 0 : (length - 1) & 255);
      },
    ),
  );
});

test('the size of a varint is the number of bytes written', () => {
  for (const value of [0, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_455, 268_435_456])
    expect(written((writer) => writer.varint(value))).toHaveLength(varintSize(value));
});

test('hexadecimal ids are read in lower and upper case', () => {
  expect([...written((writer) => writer.hex('00ffAb9c'))]).toEqual([4, 0x00, 0xff, 0xab, 0x9c]);
});

test('the memory of one very large request does not stay', () => {
  const sizes: number[] = [];
  const allocate = (size: number): Uint8Array => {
    sizes.push(size);
    return new Uint8Array(size);
  };
  const writer = new ProtobufWriter({ allocate, writeUtf8: writeUtf8Portably });
  const text = 'x'.repeat(20_000_000);

  writer.lengthAndText(text);
  writer.lease();
  expect(Math.max(...sizes)).toBeGreaterThan(60_000_000);
  expect(writer.bytes.length).toBeLessThan(1_000_000);
  writer.lengthAndText(text);
  writer.copy();

  expect(writer.bytes.length).toBeLessThan(1_000_000);
});
