import { DecodeError } from '../protobuf/decode-error.ts';
import { Message, type FieldValue } from '../protobuf/message.ts';
import type { Field, MessageTable, ScalarType } from '../protobuf/message-table.ts';
import { MAX_DEPTH, type OnUnknownField } from '../protobuf/read-message.ts';

/**
 * Reads one message in OTLP/JSON: protobuf's JSON mapping with three differences (ids are hex, enums are
 * numbers, names are lower camel case only). Throws {@link DecodeError} for values that do not fit `table`.
 */
export function readJsonMessage(
  json: unknown,
  table: MessageTable,
  onUnknownField: OnUnknownField,
  depth: number = 0,
): Message {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new DecodeError(`${table.name}: ${printed(json)} instead of an object`);
  if (depth > MAX_DEPTH) throw new DecodeError(`${table.name} nested deeper than ${MAX_DEPTH}`);
  const message = new Message(table);
  const fields = new Map(Object.values(table.fields).map((field) => [field.name, field]));
  for (const [name, value] of Object.entries(json)) {
    const field = fields.get(name);
    if (field === undefined) onUnknownField(`${table.name}#${name}`);
    // In protobuf's JSON mapping null is the same as absent.
    else if (value === null) continue;
    else readField(value, field, message, onUnknownField, depth);
  }
  return message.complete();
}

function readField(
  value: unknown,
  field: Field,
  message: Message,
  onUnknownField: OnUnknownField,
  depth: number,
): void {
  const { type } = field;
  const read = (item: unknown): FieldValue =>
    typeof type === 'function'
      ? readJsonMessage(item, type(), onUnknownField, depth + 1)
      : readScalar(item, type, field, message);
  if (field.repeated) {
    if (!Array.isArray(value)) throw message.error(field, `${printed(value)} instead of an array`);
    for (const item of value) message.add(field, read(item));
    return;
  }
  message.add(field, read(value));
}

const integerLimits: Readonly<Partial<Record<ScalarType, readonly [bigint, bigint]>>> = {
  enum: [0n, 0x7fff_ffffn],
  uint32: [0n, 0xffff_ffffn],
  fixed32: [0n, 0xffff_ffffn],
  sint32: [-0x8000_0000n, 0x7fff_ffffn],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  sfixed64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  fixed64: [0n, 2n ** 64n - 1n],
};

function readScalar(value: unknown, type: ScalarType, field: Field, message: Message): FieldValue {
  const wrong = (wanted: string): DecodeError =>
    message.error(field, `${printed(value)} instead of ${wanted}`);
  switch (type) {
    case 'string':
      if (typeof value !== 'string') throw wrong('a string');
      return value;
    case 'bool':
      if (typeof value !== 'boolean') throw wrong('true or false');
      return value;
    case 'bytes':
      if (typeof value !== 'string' || !isBase64(value)) throw wrong('base64');
      return new Uint8Array(Buffer.from(value, 'base64'));
    case 'traceId':
    case 'spanId': {
      const length = type === 'traceId' ? 32 : 16;
      if (value === '' && !field.required) return '';
      if (typeof value !== 'string' || value.length !== length || !/^[\da-f]+$/i.test(value))
        throw wrong(`${length} hex digits`);
      if (/^0+$/.test(value)) throw wrong('an id that is not only zeros');
      return value.toLowerCase();
    }
    case 'double':
      return readDouble(value) ?? fail(wrong('a number'));
    default: {
      const [min, max] = integerLimits[type] as readonly [bigint, bigint];
      // Numbers of 64 bits are strings in JSON; senders that write a number are understood too.
      const integer = readInteger(value);
      if (integer === undefined || integer < min || integer > max) throw wrong(`an ${type}`);
      return max > 0xffff_ffffn ? integer : Number(integer);
    }
  }
}

function readInteger(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value);
  return undefined;
}

function readDouble(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string') return undefined;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  return /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value) ? Number(value) : undefined;
}

/** The standard and the URL-safe alphabet, with or without padding, as protobuf's JSON mapping accepts them. */
function isBase64(text: string): boolean {
  return /^[\w+/-]*={0,2}$/.test(text) && text.replace(/=+$/, '').length % 4 !== 1;
}

function fail(error: Error): never {
  throw error;
}

function printed(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
