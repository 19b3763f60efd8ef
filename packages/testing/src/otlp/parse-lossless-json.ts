import { DecodeError } from '../protobuf/decode-error.ts';

// A whole number of 16 digits or more outside of a string may be beyond what a double holds.
const LONG_NUMBER = /[:[,]\s*-?\d{16}/;

type Reviver = (
  this: unknown,
  key: string,
  value: unknown,
  context: { source?: string },
) => unknown;

/** `JSON.parse`, with whole numbers that a double cannot hold exactly as bigint instead of rounded. */
export function parseLosslessJson(text: string): unknown {
  const keepLongIntegers: Reviver = (_key, value, { source }) =>
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    source !== undefined &&
    /^-?\d+$/.test(source)
      ? BigInt(source)
      : value;
  try {
    return JSON.parse(
      text,
      LONG_NUMBER.test(text) ? (keepLongIntegers as Parameters<typeof JSON.parse>[1]) : undefined,
    ) as unknown;
  } catch (error) {
    throw new DecodeError(`not JSON: ${(error as Error).message}`);
  }
}
