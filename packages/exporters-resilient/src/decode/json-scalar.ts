import type { JsonField } from '../json/json-fields.ts';
import { DecodeError } from './decode-result.ts';

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
const HEX = /^(?:[0-9a-f]{2})*$/i;
const WHOLE = /^-?\d+$/;
// No number of 64 bits is longer, and BigInt takes its time with one that is.
const MOST_DIGITS = 21;
const RANGES: Readonly<Partial<Record<JsonField['kind'], readonly [bigint, bigint]>>> = {
  uint32: [0n, 2n ** 32n - 1n],
  fixed32: [0n, 2n ** 32n - 1n],
  sint32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  sfixed64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  fixed64: [0n, 2n ** 64n - 1n],
};

/** A value of OTLP/JSON in the one form it is handed on. Throws {@link DecodeError} for what is none of its kind. */
export function jsonScalar(kind: JsonField['kind'], json: unknown, path: string): unknown {
  switch (kind) {
    case 'text':
      return typeof json === 'string' ? json : wrong(path, 'no text');
    case 'bool':
      return typeof json === 'boolean' ? json : wrong(path, 'neither true nor false');
    case 'id':
      return typeof json === 'string' && HEX.test(json)
        ? json.toLowerCase()
        : wrong(path, 'no hexadecimal id');
    case 'bytes':
      return typeof json === 'string' && BASE64.test(json)
        ? json.replaceAll('-', '+').replaceAll('_', '/')
        : wrong(path, 'no base64');
    case 'double':
      return double(json, path);
    default:
      return integer(kind, json, path);
  }
}

function double(json: unknown, path: string): number | string {
  if (typeof json === 'number') return json;
  if (json === 'NaN' || json === 'Infinity' || json === '-Infinity') return json;
  const value = typeof json === 'string' && json.trim() !== '' ? Number(json) : Number.NaN;
  return Number.isNaN(value) ? wrong(path, 'no number') : value;
}

function integer(kind: JsonField['kind'], json: unknown, path: string): number | string {
  const text = typeof json === 'number' && Number.isInteger(json) ? BigInt(json).toString() : json;
  const [least, most] = RANGES[kind] ?? [0n, 0n];
  if (typeof text !== 'string' || !WHOLE.test(text)) return wrong(path, 'no whole number');
  if (text.length > MOST_DIGITS) return wrong(path, 'out of range');
  const value = BigInt(text);
  if (value < least || value > most) return wrong(path, 'out of range');
  return kind.endsWith('64') ? value.toString() : Number(value);
}

function wrong(path: string, what: string): never {
  throw new DecodeError(`${path} is ${what}`, 0);
}
