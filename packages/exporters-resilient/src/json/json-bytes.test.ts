import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonBytes } from './json-bytes.ts';

const written = (json: JsonBytes): string => new TextDecoder().decode(json.written());

test('any text is written so that it is read as the same, with as few escapes as JSON.stringify', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\u0000', '\u001f', '\u007f', 'a', 'ü') }),
  );
  fc.assert(
    fc.property(text, fc.nat({ max: 5 }), (value, offset) => {
      const source = new TextEncoder().encode(' '.repeat(offset) + value);
      const json = new JsonBytes(new Uint8Array(1));

      json.text(new DataView(source.buffer), offset, source.length);

      expect(written(json)).toBe(JSON.stringify(value));
    }),
    { numRuns: 500 },
  );
});

test('any whole number is written in decimal digits, with zeros in front where asked', () => {
  const number = fc.oneof(
    fc.maxSafeNat(),
    fc.nat({ max: 15 }).map((zeros) => 10 ** zeros),
    fc.nat({ max: 15 }).map((nines) => 10 ** nines - 1),
  );
  fc.assert(
    fc.property(number, fc.integer({ min: 1, max: 18 }), (value, digits) => {
      const json = new JsonBytes(new Uint8Array(0));

      json.decimal(value, digits);

      expect(written(json)).toBe(String(value).padStart(digits, '0'));
    }),
    { numRuns: 500 },
  );
});
