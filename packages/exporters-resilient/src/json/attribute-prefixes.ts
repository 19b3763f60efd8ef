import { JsonBytes } from './json-bytes.ts';

/** How a KeyValue begins in JSON. */
export interface AttributePrefix {
  /** `{"key":"name","value":{"stringValue":` in words of four bytes, in little-endian order. The last one may be padded. */
  readonly words: Int32Array;
  /** Bytes up to a text. */
  readonly untilText: number;
  /** Bytes up to a value of another kind, from its brace on. */
  readonly untilValue: number;
}

interface Entry extends AttributePrefix {
  readonly key: DataView;
}

// Applications use few keys, and use them for every span.
const SLOTS = 1024;
// So many keys may fall on one slot and still find a place beside it.
const PROBES = 4;
const VALUE = ',"value":';
const TEXT = '{"stringValue":';

/** The beginnings of attributes, by the UTF-8 of their key. Keeps at most so many of them. */
export class AttributePrefixes {
  readonly #slots: (Entry | undefined)[] = Array.from({ length: SLOTS + PROBES }, () => undefined);

  /** The one of the key that stands in `source` from `from` on: at least four bytes. */
  of(source: DataView, from: number, length: number): AttributePrefix {
    const slots = this.#slots;
    const last = source.getInt32(from + length - 4, true);
    const mixed = last ^ Math.imul(source.getInt32(from, true), 31) ^ length;
    const first = Math.imul(mixed, 0x9e3779b1) >>> 22;
    let slot = first;
    for (let entry = slots[slot]; entry !== undefined; entry = slots[++slot]) {
      if (isSame(entry.key, source, from, length)) return entry;
      if (slot === first + PROBES - 1) break;
    }
    return (slots[slot] = newEntry(source, from, length));
  }
}

function isSame(key: DataView, source: DataView, from: number, length: number): boolean {
  if (key.byteLength !== length) return false;
  const last = length - 4;
  for (let i = 0; i < last; i += 4)
    if (key.getInt32(i, true) !== source.getInt32(from + i, true)) return false;
  return key.getInt32(last, true) === source.getInt32(from + last, true);
}

function newEntry(source: DataView, from: number, length: number): Entry {
  const key = new Uint8Array(length);
  for (let i = 0; i < length; i++) key[i] = source.getUint8(from + i);
  const json = new JsonBytes(new Uint8Array(length + 64));
  json.ascii('{"key":');
  json.text(source, from, from + length);
  json.ascii(VALUE);
  const untilValue = json.written().length;
  json.ascii(TEXT);
  const untilText = json.written().length;
  json.ascii('   ');
  const view = new DataView(json.memory.buffer, json.memory.byteOffset);
  const words = Int32Array.from({ length: (untilText + 3) >>> 2 }, (_, i) =>
    view.getInt32(i * 4, true),
  );
  return { key: new DataView(key.buffer), words, untilText, untilValue };
}
