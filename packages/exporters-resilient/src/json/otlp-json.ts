import type { Signal } from '@llm-otel/core';
import type { JsonField, JsonKind, JsonMessage } from './json-fields.ts';
import { requestMessages } from './otlp-messages.ts';
import { type ReadText, readTextOf } from './read-text.ts';

const TWO_TO_32 = 4294967296;

/**
 * An encoded OTLP request as OTLP/JSON. Everything inside is protobuf, which can be split, kept and sent anywhere; JSON
 * is made of it where it leaves. Fields that OTLP does not have are left out.
 * @throws RangeError for bytes that are no OTLP request
 */
export function otlpJson(
  body: Uint8Array,
  signal: Signal,
  readText: (bytes: Uint8Array) => ReadText = readTextOf,
): string {
  return new JsonReader(body, readText(body)).message(requestMessages[signal], 0, body.length);
}

class JsonReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #readText: ReadText;
  #position = 0;
  // The last varint, in halves: a double does not hold 64 bits.
  #low = 0;
  #high = 0;

  constructor(bytes: Uint8Array, readText: ReadText) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#readText = readText;
  }

  message(fields: JsonMessage, from: number, to: number): string {
    const values: (string | undefined)[] = [];
    this.#position = from;
    while (this.#position < to) {
      this.#varint(to);
      const tag = this.#low;
      const field = fields[tag >>> 3];
      const end = this.#endOf(tag & 7, to);
      // Packed numbers are written one after the other in one field.
      if (field !== undefined) this.#add(values, tag >>> 3, field, (tag & 7) === 2, end);
      this.#position = end;
    }
    let json = '';
    for (let number = 1; number < values.length; number++) {
      const value = values[number];
      if (value === undefined) continue;
      const field = fields[number]!;
      json += (json === '' ? '' : ',') + field.key + (field.repeated ? `[${value}]` : value);
    }
    return `{${json}}`;
  }

  #add(
    values: (string | undefined)[],
    number: number,
    field: JsonField,
    isLong: boolean,
    end: number,
  ): void {
    // Numbers follow up to here where there are several.
    const more = isLong && field.repeated && field.kind !== 'message' ? end : this.#position;
    do {
      const value =
        field.kind === 'message'
          ? this.message(field.message(), this.#position, end)
          : this.#scalar(field.kind, end);
      const before = values[number];
      values[number] = before === undefined || !field.repeated ? value : `${before},${value}`;
    } while (this.#position < more);
  }

  /** Where the content ends. Moves to where it starts. */
  #endOf(wireType: number, to: number): number {
    let end: number;
    if (wireType === 2) {
      this.#varint(to);
      end = this.#position + this.#low + this.#high * TWO_TO_32;
    } else if (wireType === 1) end = this.#position + 8;
    else if (wireType === 5) end = this.#position + 4;
    else if (wireType === 0) {
      end = this.#position;
      while (end < to && this.#bytes[end]! > 127) end++;
      end++;
    } else throw new RangeError(`wire type ${wireType} is not known`);
    if (end > to) throw new RangeError('a field is longer than its message');
    return end;
  }

  #scalar(kind: JsonKind, end: number): string {
    const from = this.#position;
    switch (kind) {
      case 'text':
        return JSON.stringify(this.#readText(from, end));
      case 'id':
        return this.#hex(from, end);
      case 'bytes':
        return this.#base64(from, end);
      case 'double':
        this.#position += 8;
        return doubleText(this.#view.getFloat64(from, true));
      case 'fixed64':
      case 'sfixed64':
        this.#position += 8;
        this.#low = this.#view.getUint32(from, true);
        this.#high = this.#view.getUint32(from + 4, true);
        return `"${this.#integer(kind === 'sfixed64')}"`;
      case 'fixed32':
        this.#position += 4;
        return String(this.#view.getUint32(from, true));
    }
    this.#varint(end);
    switch (kind) {
      case 'bool':
        return this.#low + this.#high === 0 ? 'false' : 'true';
      case 'sint32':
        return String((this.#low >>> 1) ^ -(this.#low & 1));
      case 'int64':
      case 'uint64':
        return `"${this.#integer(kind === 'int64')}"`;
      default:
        return String(this.#low);
    }
  }

  #integer(signed: boolean): string {
    const high = signed ? this.#high | 0 : this.#high;
    // Exact in a double up to 2^53.
    if (high >= 0 && high < 0x200000) return String(high * TWO_TO_32 + this.#low);
    return String((BigInt(high) << 32n) | BigInt(this.#low));
  }

  #varint(to: number): void {
    let low = 0;
    let high = 0;
    let position = this.#position;
    for (let shift = 0; shift < 70; shift += 7) {
      if (position >= to) break;
      const byte = this.#bytes[position++]!;
      const bits = byte & 127;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high |= bits >>> 4;
      } else high |= bits << (shift - 32);
      if (byte < 128) {
        this.#low = low >>> 0;
        this.#high = high >>> 0;
        this.#position = position;
        return;
      }
    }
    throw new RangeError('a number does not end');
  }

  #hex(from: number, to: number): string {
    let text = '"';
    for (let i = from; i < to; i++) text += HEX[this.#bytes[i]!]!;
    return `${text}"`;
  }

  #base64(from: number, to: number): string {
    let binary = '';
    for (let i = from; i < to; i++) binary += String.fromCharCode(this.#bytes[i]!);
    return `"${btoa(binary)}"`;
  }
}

/** JSON has no word for these; protobuf's mapping writes them as strings. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : String(value);
}

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);
