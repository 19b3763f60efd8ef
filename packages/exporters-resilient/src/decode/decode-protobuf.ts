import type { Signal } from '@llm-otel/core';
import type { JsonField, JsonMessage } from '../json/json-fields.ts';
import { requestMessages } from '../json/otlp-messages.ts';
import { readTextOf } from '../json/read-text.ts';
import { countRequestItems } from './count-request-items.ts';
import {
  DecodeError,
  type DecodeLimits,
  type DecodeResult,
  decoding,
  FieldCount,
  limitsOf,
  type ResolvedLimits,
} from './decode-result.ts';
import type { OtlpRequest } from './otlp-types.ts';
import { ScalarReader } from './scalar-reader.ts';

const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH = 2;
const FOUR_BYTES = 5;
const WIRE_TYPES: Readonly<Record<JsonField['kind'], number>> = {
  message: LENGTH,
  text: LENGTH,
  bytes: LENGTH,
  id: LENGTH,
  bool: VARINT,
  uint32: VARINT,
  sint32: VARINT,
  int64: VARINT,
  uint64: VARINT,
  fixed32: FOUR_BYTES,
  fixed64: EIGHT_BYTES,
  sfixed64: EIGHT_BYTES,
  double: EIGHT_BYTES,
};

/**
 * An OTLP request from its protobuf encoding. Never throws: what is no request has a reason and the byte where it
 * stops being one. Fields that OTLP does not have are passed over and counted.
 */
export function decodeOtlpProtobuf(
  signal: Signal,
  body: Uint8Array,
  limits?: DecodeLimits,
): DecodeResult<OtlpRequest> {
  const resolved = limitsOf(limits);
  const { maxBytes } = resolved;
  if (body.length > maxBytes)
    return {
      ok: false,
      reason: `${body.length} bytes are more than ${maxBytes}`,
      offset: maxBytes,
    };
  return decoding(() => {
    const decoder = new ProtobufDecoder(body, resolved);
    const value = decoder.message(requestMessages[signal], 0, body.length, 0) as OtlpRequest;
    return {
      ok: true,
      value,
      items: countRequestItems(value),
      unknownFields: decoder.unknownFields,
    };
  });
}

class ProtobufDecoder {
  readonly #reader: ScalarReader;
  readonly #maxDepth: number;
  readonly #count: FieldCount;
  unknownFields = 0;

  constructor(bytes: Uint8Array, { maxDepth, maxFields }: ResolvedLimits) {
    this.#reader = new ScalarReader(bytes, readTextOf(bytes));
    this.#maxDepth = maxDepth;
    this.#count = new FieldCount(maxFields);
  }

  message(fields: JsonMessage, from: number, to: number, depth: number): Record<string, unknown> {
    if (depth > this.#maxDepth)
      throw new DecodeError(`messages are nested more than ${this.#maxDepth} deep`, from);
    const reader = this.#reader;
    const result: Record<string, unknown> = {};
    for (reader.position = from; reader.position < to;) {
      const start = reader.position;
      this.#count.next(start);
      const tag = reader.tag(to);
      const wireType = tag % 8;
      const number = Math.floor(tag / 8);
      if (number === 0) throw new DecodeError('a field has the number 0', start);
      const end = reader.endOf(wireType, to, start);
      const field = fields[number];
      if (field === undefined) this.unknownFields++;
      else this.#field(result, field, wireType, end, start, depth);
      reader.position = end;
    }
    return result;
  }

  #field(
    result: Record<string, unknown>,
    field: JsonField,
    wireType: number,
    end: number,
    start: number,
    depth: number,
  ): void {
    const reader = this.#reader;
    const name = field.name;
    const expected = WIRE_TYPES[field.kind];
    const isPacked = wireType === LENGTH && field.repeated && expected !== LENGTH;
    if (wireType !== expected && !isPacked)
      throw new DecodeError(`${name} has the wire type ${wireType}`, start);
    if (!field.repeated) {
      result[name] = this.#value(field, end, depth);
      return;
    }
    const values = (result[name] ??= []) as unknown[];
    if (!isPacked) values.push(this.#value(field, end, depth));
    else
      while (reader.position < end) {
        this.#count.next(reader.position);
        values.push(reader.scalar(field.kind, end));
      }
  }

  #value(field: JsonField, end: number, depth: number): unknown {
    return field.kind === 'message'
      ? this.message(field.message(), this.#reader.position, end, depth + 1)
      : this.#reader.scalar(field.kind, end);
  }
}
