import { ProtobufWriter } from './protobuf-writer.ts';

/** A key as it stands in every KeyValue: field 1 with the key, then the tag of field 2, the value. */
export interface EncodedKey {
  readonly key: string;
  /** The bytes in words of four, read in little-endian order. The last word may be padded. */
  readonly words: Int32Array;
  /** Bytes without the padding. */
  readonly length: number;
  /** Whether it stays for the spans that follow. */
  readonly isKept: boolean;
  /** What came behind it the last time: one that is kept. */
  next: EncodedKey | undefined;
}

const KEY_TAG = 0x0a;
const VALUE_TAG = 0x12;
const MAX_KEYS = 2048;
// A long key is rare, and 2,048 of them would be real memory.
const MAX_CACHED_LENGTH = 256;

/** Keys in their encoded form. Applications use few keys, and use them for every span. */
export class KeyCache {
  readonly #keys = new Map<string, EncodedKey>();
  readonly #writer = new ProtobufWriter();
  /** In front of all others. */
  readonly start: EncodedKey = {
    key: '',
    words: new Int32Array(),
    length: 0,
    isKept: true,
    next: undefined,
  };

  get(key: string): EncodedKey {
    return this.#keys.get(key) ?? this.#add(key);
  }

  /** The one that comes behind `before`: nearly always the same, which is found without a look at all of them. */
  after(before: EncodedKey, key: string): EncodedKey {
    const { next } = before;
    if (next !== undefined && next.key === key) return next;
    const encoded = this.get(key);
    // Others would stay with the one before them all the same.
    if (encoded.isKept) before.next = encoded;
    return encoded;
  }

  #add(key: string): EncodedKey {
    const writer = this.#writer;
    writer.restart();
    writer.byte(KEY_TAG);
    writer.lengthAndText(key);
    writer.room(8);
    writer.byte(VALUE_TAG);
    const length = writer.position;
    const words = new Int32Array((length + 3) >>> 2);
    for (let i = 0; i < words.length; i++) words[i] = writer.view.getInt32(i * 4, true);
    const isKept = this.#keys.size < MAX_KEYS && key.length <= MAX_CACHED_LENGTH;
    const encoded: EncodedKey = { key, words, length, isKept, next: undefined };
    if (isKept) this.#keys.set(key, encoded);
    return encoded;
  }
}
