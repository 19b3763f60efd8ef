import type { Signal } from '@llm-otel/core';
import { JsonBytes } from './json-bytes.ts';
import type { JsonField, JsonKind, JsonMessage } from './json-fields.ts';
import { requestMessages } from './otlp-messages.ts';

const TWO_TO_32 = 4294967296;
const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA, QUOTE] = [0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x22];

/**
 * An encoded OTLP request as OTLP/JSON, in UTF-8. Everything inside is protobuf, which can be split, kept and sent
 * anywhere; JSON is made of it where it leaves, text without being decoded. Fields that OTLP does not have are left out.
 * @throws RangeError for bytes that are no OTLP request, or whose fields are not in order
 */
export function otlpJsonBytes(body: Uint8Array, signal: Signal): Uint8Array {
  // Text is most of it and stays as long as it is; names and quotes take the rest.
  const json = new JsonBytes(body.length * 2 + 64);
  new JsonReader(body, json).message(requestMessages[signal], 0, body.length);
  return json.written();
}

/** The same as text. */
export function otlpJson(body: Uint8Array, signal: Signal): string {
  return decoder.decode(otlpJsonBytes(body, signal));
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

class JsonReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #json: JsonBytes;
  #position = 0;
  // The last varint, in halves: a double does not hold 64 bits.
  #low = 0;
  #high = 0;

  constructor(bytes: Uint8Array, json: JsonBytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#json = json;
  }

  message(fields: JsonMessage, from: number, to: number): void {
    const json = this.#json;
    this.#position = from;
    json.byte(OPEN);
    let current = 0;
    let isList = false;
    let seen = 0;
    while (this.#position < to) {
      this.#varint(to);
      const tag = this.#low;
      const number = tag >>> 3;
      const field = fields[number];
      const end = this.#endOf(tag & 7, to);
      if (field !== undefined) {
        if (number === current) json.byte(COMMA);
        else {
          if ((seen & (1 << number)) !== 0) throw new RangeError('a field is in two places');
          if (isList) json.byte(CLOSE_LIST);
          if (seen !== 0) json.byte(COMMA);
          seen |= 1 << number;
          current = number;
          json.raw(field.key);
          isList = field.repeated;
          if (isList) json.byte(OPEN_LIST);
        }
        this.#field(field, (tag & 7) === 2, end);
      }
      this.#position = end;
    }
    if (isList) json.byte(CLOSE_LIST);
    json.byte(CLOSE);
  }

  #field(field: JsonField, isLong: boolean, end: number): void {
    const { kind } = field;
    if (kind === 'message') {
      this.message(field.message(), this.#position, end);
      return;
    }
    // Numbers that are packed are written one after the other in one field.
    const more = isLong && field.repeated ? end : this.#position;
    if (isLong && field.repeated && end === this.#position) return;
    this.#scalar(kind, end);
    while (this.#position < more) {
      this.#json.byte(COMMA);
      this.#scalar(kind, end);
    }
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

  #scalar(kind: JsonKind, end: number): void {
    const json = this.#json;
    const from = this.#position;
    switch (kind) {
      case 'text':
        json.text(this.#bytes, from, end);
        return;
      case 'id':
        json.hex(this.#bytes, from, end);
        return;
      case 'bytes':
        this.#base64(from, end);
        return;
      case 'double':
        this.#position += 8;
        json.ascii(doubleText(this.#view.getFloat64(from, true)));
        return;
      case 'fixed64':
      case 'sfixed64':
        this.#position += 8;
        this.#low = this.#view.getUint32(from, true);
        this.#high = this.#view.getUint32(from + 4, true);
        this.#integer(kind === 'sfixed64');
        return;
      case 'fixed32':
        this.#position += 4;
        this.#number(this.#view.getUint32(from, true));
        return;
    }
    this.#varint(end);
    switch (kind) {
      case 'bool':
        json.ascii(this.#low + this.#high === 0 ? 'false' : 'true');
        return;
      case 'sint32':
        json.ascii(String((this.#low >>> 1) ^ -(this.#low & 1)));
        return;
      case 'int64':
      case 'uint64':
        this.#integer(kind === 'int64');
        return;
      default:
        this.#number(this.#low);
    }
  }

  #number(value: number): void {
    if (value < 10) this.#json.byte(0x30 + value);
    else this.#json.ascii(String(value));
  }

  /** The last 64 bits as a string of digits. */
  #integer(signed: boolean): void {
    const json = this.#json;
    json.byte(QUOTE);
    const high = signed ? this.#high | 0 : this.#high;
    // Exact in a double up to 2^53.
    if (high >= 0 && high < 0x200000) json.ascii(String(high * TWO_TO_32 + this.#low));
    else if (high < 0) json.ascii(String((BigInt(high) << 32n) | BigInt(this.#low)));
    else this.#large(high, this.#low);
    json.byte(QUOTE);
  }

  /** A time in nanoseconds and the like: divided by 10^9 in steps of 16 bits, which a double holds exactly. */
  #large(high: number, low: number): void {
    let quotient = 0;
    let rest = 0;
    for (let part = 0; part < 4; part++) {
      const half = part < 2 ? high : low;
      const value = rest * 65536 + ((part & 1) === 0 ? half >>> 16 : half & 0xffff);
      const digit = Math.floor(value / 1e9);
      rest = value - digit * 1e9;
      quotient = quotient * 65536 + digit;
    }
    this.#json.ascii(String(quotient));
    this.#json.ascii(String(1e9 + rest).slice(1));
  }

  #varint(to: number): void {
    const first = this.#bytes[this.#position]!;
    if (first < 128 && this.#position < to) {
      this.#low = first;
      this.#high = 0;
      this.#position++;
      return;
    }
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

  #base64(from: number, to: number): void {
    let binary = '';
    for (let i = from; i < to; i++) binary += String.fromCharCode(this.#bytes[i]!);
    this.#json.ascii(`"${btoa(binary)}"`);
  }
}

/** JSON has no word for these; protobuf's mapping writes them as strings. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : String(value);
}
