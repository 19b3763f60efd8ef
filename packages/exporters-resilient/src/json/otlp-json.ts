import type { Signal } from '@llm-otel/core';
import { allocateBytes } from '../encode/write-utf8.ts';
import { AttributePrefixes } from './attribute-prefixes.ts';
import { JsonBytes } from './json-bytes.ts';
import type { JsonField, JsonMessage } from './json-fields.ts';
import { JsonScalars } from './json-scalars.ts';
import { anyValue, keyValue, requestMessages } from './otlp-messages.ts';

const TWO_TO_28 = 2 ** 28;
const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA] = [0x7b, 0x7d, 0x5b, 0x5d, 0x2c];
// Tags in protobuf: of the key and the value in a KeyValue, of the text in an AnyValue.
const [KEY_TAG, VALUE_TAG, TEXT_TAG] = [0x0a, 0x12, 0x0a];
// The length of a longer key takes two bytes, and a shorter one is no word.
const [SHORTEST_KEY, LONGEST_KEY] = [4, 127];

/**
 * An encoded OTLP request as OTLP/JSON, in UTF-8, written into `memory` where it has room. Everything inside is
 * protobuf, which can be split, kept and sent anywhere; JSON is made of it where it leaves, text without being decoded.
 * Fields that OTLP does not have are left out.
 * @throws RangeError for bytes that are no OTLP request, or whose fields are not in order
 */
export function otlpJsonBytes(
  body: Uint8Array,
  signal: Signal,
  memory: Uint8Array = allocateBytes(body.length * 2 + 1024),
): JsonBytes {
  const json = new JsonBytes(memory);
  new JsonReader(body, json).message(requestMessages[signal], 0, body.length);
  return json;
}

/** The same as text. */
export function otlpJson(body: Uint8Array, signal: Signal): string {
  return decoder.decode(otlpJsonBytes(body, signal).written());
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const prefixes = new AttributePrefixes();

class JsonReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #json: JsonBytes;
  readonly #scalars: JsonScalars;
  /** Behind the last varint. */
  #next = 0;

  constructor(bytes: Uint8Array, json: JsonBytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#json = json;
    this.#scalars = new JsonScalars(bytes, this.#view, json);
  }

  message(fields: JsonMessage, from: number, to: number): void {
    const json = this.#json;
    json.byte(OPEN);
    let current = 0;
    let isList = false;
    let seen = 0;
    for (let at = from; at < to;) {
      const tag = this.#varint(at, to);
      const number = tag >>> 3;
      const field = fields[number];
      const end = this.#endOf(tag & 7, this.#next, to);
      if (field !== undefined) {
        if (number === current) json.byte(COMMA);
        else {
          if ((seen & (1 << number)) !== 0) throw new RangeError('a field is in two places');
          if (isList) json.byte(CLOSE_LIST);
          if (seen !== 0) json.byte(COMMA);
          seen |= 1 << number;
          current = number;
          json.words(field.key, field.keyLength);
          isList = field.repeated;
          if (isList) json.byte(OPEN_LIST);
        }
        this.#field(field, (tag & 7) === 2, this.#next, end);
      }
      at = end;
    }
    if (isList) json.byte(CLOSE_LIST);
    json.byte(CLOSE);
  }

  #field(field: JsonField, isLong: boolean, from: number, end: number): void {
    const { kind } = field;
    if (kind === 'message') {
      const inner = field.message();
      if (inner !== keyValue || !this.#attribute(from, end)) this.message(inner, from, end);
      return;
    }
    const scalars = this.#scalars;
    if (!isLong || !field.repeated) {
      scalars.write(kind, from, end);
      return;
    }
    // Numbers that are packed are written one after the other in one field.
    for (let at = from; at < end;) {
      if (at > from) this.#json.byte(COMMA);
      at = scalars.write(kind, at, end);
    }
  }

  /**
   * A KeyValue as encoders write it: the key, then a value that ends with it. Most of a request are these. False, and
   * nothing is written, where it is anything else.
   */
  #attribute(from: number, end: number): boolean {
    const bytes = this.#bytes;
    const length = bytes[from + 1]!;
    const valueTag = from + 2 + length;
    if (bytes[from] !== KEY_TAG || length < SHORTEST_KEY || length > LONGEST_KEY) return false;
    if (valueTag + 1 >= end || bytes[valueTag] !== VALUE_TAG) return false;
    if (this.#endOf(2, valueTag + 1, end) !== end) return false;
    const value = this.#next;
    const json = this.#json;
    const prefix = prefixes.of(this.#view, from + 2, length);
    if (value < end && bytes[value] === TEXT_TAG && this.#endOf(2, value + 1, end) === end) {
      json.words(prefix.words, prefix.untilText);
      json.text(this.#view, this.#next, end);
      json.byte(CLOSE);
    } else {
      json.words(prefix.words, prefix.untilValue);
      this.message(anyValue, value, end);
    }
    json.byte(CLOSE);
    return true;
  }

  /** Where the content of a field ends. It starts at `#next`. */
  #endOf(wireType: number, from: number, to: number): number {
    let end: number;
    this.#next = from;
    if (wireType === 2) {
      const length = this.#varint(from, to);
      end = this.#next + length;
    } else if (wireType === 1) end = from + 8;
    else if (wireType === 5) end = from + 4;
    else if (wireType === 0) {
      end = from;
      while (end < to && this.#bytes[end]! > 127) end++;
      end++;
    } else throw new RangeError(`wire type ${wireType} is not known`);
    if (end > to) throw new RangeError('a field is longer than its message');
    return end;
  }

  /** A tag or a length: up to 32 bits. */
  #varint(from: number, to: number): number {
    const bytes = this.#bytes;
    const first = bytes[from]!;
    if (first < 128 && from < to) {
      this.#next = from + 1;
      return first;
    }
    let at = from;
    let value = 0;
    for (let factor = 1; at < to && factor <= TWO_TO_28; factor *= 128) {
      const byte = bytes[at++]!;
      if (byte < 128) {
        this.#next = at;
        return value + byte * factor;
      }
      value += (byte & 127) * factor;
    }
    throw new RangeError('a number does not end');
  }
}
