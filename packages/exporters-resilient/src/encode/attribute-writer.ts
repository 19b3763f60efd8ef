import { isBytes } from './is-bytes.ts';
import { type EncodedKey, KeyCache } from './key-cache.ts';
import { type LeftOut, ValueBudget } from './value-budget.ts';
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

const SMALL = 2 ** 31;
const INT64_MIN = -(2 ** 63);
const INT64_MAX = 2 ** 63;

/**
 * Writes attributes: maps of string to AnyValue. Of an object that are its own enumerable members and nothing else, which is what
 * a redactor has seen: what a Map, a Set or a private field holds and what `toJSON` would say is not written. A value that cannot
 * be read, that holds itself or that does not end leaves a mark in its place, and the rest is written.
 */
export class AttributeWriter {
  readonly #writer: ProtobufWriter;
  readonly #keys = new KeyCache();
  readonly #budget: ValueBudget;
  /** Something threw: once more, with each member on its own. */
  #isCareful = false;

  constructor(writer: ProtobufWriter) {
    this.#writer = writer;
    this.#budget = new ValueBudget(writer);
  }

  /** Writes each own attribute as a repeated KeyValue with `tag` in front. Returns how many values were left out. */
  attributes(attributes: object, tag: number): number {
    const { position } = this.#writer;
    this.#budget.restart();
    try {
      this.#entries(attributes, tag);
    } catch {
      this.#writer.position = position;
      this.#carefully(() => this.#entries(attributes, tag));
    }
    return this.#budget.leftOut;
  }

  /** Writes one AnyValue with `tag` in front. Returns how many values in it were left out. */
  anyValue(value: unknown, tag: number): number {
    const writer = this.#writer;
    writer.room(32);
    writer.byte(tag);
    const start = writer.open(2);
    this.#budget.restart();
    try {
      this.#value(value);
    } catch {
      writer.position = start + 2;
      this.#carefully(() => this.#member(value));
    }
    writer.close(start, 2);
    return this.#budget.leftOut;
  }

  #carefully(write: () => void): void {
    const { position } = this.#writer;
    this.#budget.restart();
    this.#isCareful = true;
    try {
      write();
    } catch {
      // Not even the keys are to be had.
      this.#writer.position = position;
      this.#budget.leave();
    } finally {
      this.#isCareful = false;
    }
  }

  #entries(map: object, tag: number): void {
    if (this.#isCareful) {
      for (const key of Object.keys(map))
        this.#other(tag, this.#keys.get(key), this.#read(map, key));
      return;
    }
    const keys = this.#keys;
    let before = keys.start;
    for (const key in map) {
      if (!hasOwn.call(map, key)) continue;
      const value = (map as Record<string, unknown>)[key];
      before = keys.after(before, key);
      if (typeof value === 'string') this.#text(tag, before, value);
      else if (typeof value === 'number') this.#number(tag, before, value);
      else this.#other(tag, before, value);
    }
  }

  #read(map: object, key: string | number): unknown {
    try {
      return (map as Record<string | number, unknown>)[key];
    } catch {
      return this.#budget.leave('unreadable');
    }
  }

  /** A KeyValue with text. All its lengths are known before it is written when the text is ASCII. */
  #text(tag: number, { words, length: keyLength }: EncodedKey, text: string): void {
    const writer = this.#writer;
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

  /** A KeyValue with a number: the lengths of nearly all are known before. */
  #number(tag: number, encoded: EncodedKey, value: number): void {
    const isWhole = Number.isInteger(value);
    if (isWhole && !(value >= 0 && value < SMALL)) {
      this.#other(tag, encoded, value);
      return;
    }
    const writer = this.#writer;
    const { words, length: keyLength } = encoded;
    const valueLength = isWhole ? 1 + varintSize(value) : 9;
    const pairLength = keyLength + 1 + valueLength;
    writer.room(keyLength + 32);
    writer.byte(tag);
    const keyAt = writer.varintAt(pairLength, writer.position);
    for (let i = 0; i < words.length; i++) writer.view.setInt32(keyAt + i * 4, words[i]!, true);
    writer.position = keyAt + keyLength;
    writer.byte(valueLength);
    writer.byte(isWhole ? INTEGER : DOUBLE);
    if (isWhole) writer.varint(value);
    else writer.double(value);
  }

  #other(tag: number, { words, length: keyLength }: EncodedKey, value: unknown): void {
    const writer = this.#writer;
    writer.room(keyLength + 32);
    writer.bytes[writer.position++] = tag;
    const pair = writer.open(1);
    const keyAt = writer.position;
    const view = writer.view;
    for (let i = 0; i < words.length; i++) view.setInt32(keyAt + i * 4, words[i]!, true);
    writer.position = keyAt + keyLength;
    const start = writer.open(1);
    this.#member(value);
    writer.close(start, 1);
    writer.close(pair, 1);
  }

  /** The content of an AnyValue that is a member of something. */
  #member(value: unknown): void {
    if (!this.#isCareful) {
      this.#value(value);
      return;
    }
    const writer = this.#writer;
    const { position } = writer;
    const { depth } = this.#budget;
    try {
      this.#value(value);
    } catch {
      writer.position = position;
      this.#budget.backTo(depth);
      this.#mark('unreadable');
    }
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
        this.#numberValue(value);
        return;
      case 'bigint':
        // Digits where it does not fit: a double would be another number.
        if (BigInt.asIntN(64, value) !== value) this.#value(String(value));
        else {
          writer.byte(INTEGER);
          writer.varintBig(value);
        }
        return;
      case 'object':
        if (value !== null) this.#container(value);
    }
  }

  #numberValue(value: number): void {
    const writer = this.#writer;
    if (Number.isInteger(value) && value >= INT64_MIN && value < INT64_MAX) {
      writer.byte(INTEGER);
      writer.varint64(value);
    } else {
      writer.byte(DOUBLE);
      writer.double(value);
    }
  }

  #mark(why: LeftOut): void {
    this.#value(this.#budget.leave(why));
  }

  #container(value: object): void {
    const writer = this.#writer;
    if (isBytes(value)) {
      writer.room(8);
      writer.byte(BYTES);
      writer.lengthAndBytes(value);
      return;
    }
    const budget = this.#budget;
    const refused = budget.enter(value);
    if (refused !== undefined) {
      this.#mark(refused);
      return;
    }
    writer.room(16);
    if (Array.isArray(value) || ArrayBuffer.isView(value)) {
      writer.byte(ARRAY);
      const array = writer.open(1);
      this.#items(value as unknown as ArrayLike<unknown>);
      writer.close(array, 1);
    } else {
      writer.byte(MAP);
      const map = writer.open(1);
      this.#members(value);
      writer.close(map, 1);
    }
    budget.leaveContainer();
  }

  #items(list: ArrayLike<unknown>): void {
    const writer = this.#writer;
    // By index: an iterator may be another one, and need not end.
    const { length } = list;
    for (let i = 0; i < length; i++) {
      const isOver = this.#budget.isOver();
      const item = isOver ? undefined : this.#isCareful ? this.#read(list, i) : list[i];
      writer.room(32);
      writer.byte(ENTRY);
      const entry = writer.open(1);
      if (isOver) this.#mark('too_large');
      else this.#member(item);
      writer.close(entry, 1);
      if (isOver) return;
    }
  }

  /** As {@link #entries}, within the budget. */
  #members(map: object): void {
    for (const key of Object.keys(map)) {
      if (this.#budget.isOver()) {
        this.#other(ENTRY, this.#keys.get(key), this.#budget.leave('too_large'));
        return;
      }
      const value = this.#isCareful ? this.#read(map, key) : (map as Record<string, unknown>)[key];
      if (typeof value === 'string') this.#text(ENTRY, this.#keys.get(key), value);
      else this.#other(ENTRY, this.#keys.get(key), value);
    }
  }
}
