import { KeyCache } from './key-cache.ts';
import { type ProtobufWriter, varintSize } from './protobuf-writer.ts';

// Fields of AnyValue, each with its wire type.
const STRING = 0x0a;
const BOOLEAN = 0x10;
const INTEGER = 0x18;
const DOUBLE = 0x21;
const ARRAY = 0x2a;
const MAP = 0x32;
const BYTES = 0x3a;
// Field 1 of both ArrayValue and KeyValueList.
const ENTRY = 0x0a;

// V8 drops this call inside a for-in loop, which it does not do for Object.hasOwn.
// oxlint-disable-next-line typescript/unbound-method -- always called with the object
const hasOwn = Object.prototype.hasOwnProperty;

const INT64_MIN = -(2 ** 63);
const INT64_MAX = 2 ** 63;
// Every level is three nested messages, six are around them, and receivers in C++ and Java give up beyond 100.
const MAX_DEPTH = 30;
// A map that holds itself twice would otherwise be written 2^30 times.
const MAX_CONTAINERS = 100_000;

/** Writes attributes: maps of string to AnyValue. */
export class AttributeWriter {
  readonly #writer: ProtobufWriter;
  readonly #keys = new KeyCache();
  #depth = 0;
  #containers = 0;

  constructor(writer: ProtobufWriter) {
    this.#writer = writer;
  }

  /** Writes each own attribute as a repeated KeyValue with `tag` in front. Throws what a getter throws. */
  attributes(attributes: object, tag: number): void {
    this.#depth = 0;
    this.#containers = 0;
    this.#entries(attributes, tag);
  }

  /** Writes one AnyValue with `tag` in front. Throws what a getter throws. */
  anyValue(value: unknown, tag: number): void {
    this.#depth = 0;
    this.#containers = 0;
    const writer = this.#writer;
    writer.room(32);
    writer.byte(tag);
    const start = writer.open(2);
    this.#value(value);
    writer.close(start, 2);
  }

  #entries(map: object, tag: number): void {
    for (const key in map) {
      if (!hasOwn.call(map, key)) continue;
      const value = (map as Record<string, unknown>)[key];
      if (typeof value === 'string') this.#text(tag, key, value);
      else this.#other(tag, key, value);
    }
  }

  /** A KeyValue with text. All its lengths are known before it is written when the text is ASCII. */
  #text(tag: number, key: string, text: string): void {
    const writer = this.#writer;
    const { words, length: keyLength } = this.#keys.get(key);
    writer.room(keyLength + text.length * 3 + 32);
    const start = writer.position;

    let textLength = text.length;
    let valueLength = 1 + varintSize(textLength) + textLength;
    let pairLength = keyLength + varintSize(valueLength) + valueLength;
    let textAt = start + 1 + varintSize(pairLength) + pairLength - textLength;
    const written = writer.textAt(text, textAt);
    if (written !== textLength) {
      const guess = textAt;
      textLength = written;
      valueLength = 1 + varintSize(textLength) + textLength;
      pairLength = keyLength + varintSize(valueLength) + valueLength;
      textAt = start + 1 + varintSize(pairLength) + pairLength - textLength;
      if (textAt !== guess) writer.bytes.copyWithin(textAt, guess, guess + written);
    }

    writer.bytes[start] = tag;
    const keyAt = writer.varintAt(pairLength, start + 1);
    const view = writer.view;
    // The padding of the last word is at most three bytes, and at least three bytes of header follow.
    for (let i = 0; i < words.length; i++) view.setInt32(keyAt + i * 4, words[i]!, true);
    const valueAt = writer.varintAt(valueLength, keyAt + keyLength);
    writer.bytes[valueAt] = STRING;
    writer.position = writer.varintAt(textLength, valueAt + 1) + textLength;
  }

  #other(tag: number, key: string, value: unknown): void {
    const writer = this.#writer;
    const { words, length: keyLength } = this.#keys.get(key);
    writer.room(keyLength + 32);
    writer.bytes[writer.position++] = tag;
    const pair = writer.open(1);
    const keyAt = writer.position;
    const view = writer.view;
    for (let i = 0; i < words.length; i++) view.setInt32(keyAt + i * 4, words[i]!, true);
    writer.position = keyAt + keyLength;
    const start = writer.open(1);
    this.#value(value);
    writer.close(start, 1);
    writer.close(pair, 1);
  }

  /** The content of an AnyValue. A kind that OTLP does not know stays empty, as null does. */
  #value(value: unknown): void {
    const writer = this.#writer;
    switch (typeof value) {
      case 'string':
        writer.room(8);
        writer.byte(STRING);
        writer.lengthAndText(value);
        return;
      case 'boolean':
        writer.byte(BOOLEAN);
        writer.byte(value ? 1 : 0);
        return;
      case 'number':
        this.#number(value);
        return;
      case 'object':
        if (value !== null) this.#container(value);
    }
  }

  #number(value: number): void {
    const writer = this.#writer;
    if (Number.isInteger(value) && value >= INT64_MIN && value < INT64_MAX) {
      writer.byte(INTEGER);
      writer.varint64(value);
    } else {
      writer.byte(DOUBLE);
      writer.double(value);
    }
  }

  #container(value: object): void {
    const writer = this.#writer;
    if (value instanceof Uint8Array) {
      writer.room(8);
      writer.byte(BYTES);
      writer.lengthAndBytes(value);
      return;
    }
    if (this.#depth >= MAX_DEPTH) return;
    if (++this.#containers > MAX_CONTAINERS)
      throw new RangeError('an attribute is too deeply nested');
    this.#depth++;
    writer.room(16);
    if (Array.isArray(value)) {
      writer.byte(ARRAY);
      const array = writer.open(1);
      for (const item of value as unknown[]) {
        writer.room(32);
        writer.byte(ENTRY);
        const entry = writer.open(1);
        this.#value(item);
        writer.close(entry, 1);
      }
      writer.close(array, 1);
    } else {
      writer.byte(MAP);
      const map = writer.open(1);
      this.#entries(value, ENTRY);
      writer.close(map, 1);
    }
    this.#depth--;
  }
}
