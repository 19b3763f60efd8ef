import { allocateBytes } from '../encode/write-utf8.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const ZERO = 0x30;
const HEX = '0123456789abcdef';
const BILLION = 1_000_000_000;
// Numbers, quotes and escapes are written without a further look at the room, after one for text and this much more.
const SLACK = 64;

/** Writes JSON as UTF-8. */
export class JsonBytes {
  #bytes: Uint8Array;
  #view: DataView;
  #position = 0;

  constructor(memory: Uint8Array) {
    this.#bytes = memory;
    this.#view = viewOf(memory);
  }

  /** What was written. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#position);
  }

  /** All of the memory, what was written first. */
  get memory(): Uint8Array {
    return this.#bytes;
  }

  /** A single ASCII character. */
  byte(code: number): void {
    if (this.#position === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#position++] = code;
  }

  /** The first `length` bytes of these words. */
  words(words: Int32Array, length: number): void {
    const size = words.length * 4;
    if (this.#position + size > this.#bytes.length) this.#grow(size);
    const view = this.#view;
    const position = this.#position;
    for (let i = 0; i < words.length; i++) view.setInt32(position + i * 4, words[i]!, true);
    this.#position = position + length;
  }

  /** ASCII text as it is. */
  ascii(text: string): void {
    if (this.#position + text.length > this.#bytes.length) this.#grow(text.length);
    const bytes = this.#bytes;
    const position = this.#position;
    for (let i = 0; i < text.length; i++) bytes[position + i] = text.charCodeAt(i);
    this.#position = position + text.length;
  }

  /** A whole number from 0 up to 2^53, with zeros in front where it has less than so many digits. */
  decimal(value: number, digits: number = 1): void {
    if (value >= BILLION) {
      const billions = Math.floor(value / BILLION);
      this.decimal(billions, digits - 9);
      this.decimal(value - billions * BILLION, 9);
      return;
    }
    if (this.#position + SLACK > this.#bytes.length) this.#grow(SLACK);
    const length = Math.max(digits, digitsOf(value));
    const bytes = this.#bytes;
    const start = this.#position;
    let rest = value | 0;
    for (let at = start + length - 1; at >= start; at--) {
      const tenth = (rest / 10) | 0;
      bytes[at] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    this.#position = start + length;
  }

  /** A string whose content is UTF-8 already: only quotes, backslashes and control characters are escaped. */
  text(source: DataView, from: number, to: number): void {
    if (this.#position + to - from + SLACK > this.#bytes.length) this.#grow(to - from + SLACK);
    let bytes = this.#bytes;
    let view = this.#view;
    let position = this.#position;
    bytes[position++] = QUOTE;
    let at = from;
    while (at < to) {
      // Four bytes at a time while none of them has to be escaped.
      for (; at + 4 <= to; at += 4, position += 4) {
        const word = source.getInt32(at, true);
        if (hasEscape(word)) break;
        view.setInt32(position, word, true);
      }
      for (const end = Math.min(at + 4, to); at < end; at++) {
        const code = source.getUint8(at);
        if (code >= SPACE && code !== QUOTE && code !== BACKSLASH) bytes[position++] = code;
        else {
          this.#position = position;
          this.#escape(code);
          if (this.#position + to - at + SLACK > bytes.length) this.#grow(to - at + SLACK);
          bytes = this.#bytes;
          view = this.#view;
          position = this.#position;
        }
      }
    }
    bytes[position++] = QUOTE;
    this.#position = position;
  }

  /** A string of hexadecimal digits. */
  hex(source: Uint8Array, from: number, to: number): void {
    const size = (to - from) * 2 + 2;
    if (this.#position + size > this.#bytes.length) this.#grow(size);
    const bytes = this.#bytes;
    const view = this.#view;
    let position = this.#position;
    bytes[position++] = QUOTE;
    for (let i = from; i < to; i++, position += 2) view.setUint16(position, HEX_PAIRS[source[i]!]!);
    bytes[position++] = QUOTE;
    this.#position = position;
  }

  #escape(code: number): void {
    this.byte(BACKSLASH);
    const short = SHORT_ESCAPES.get(code);
    if (short !== undefined) this.byte(short);
    else this.ascii(`u00${HEX[code >> 4]}${HEX[code & 15]}`);
  }

  #grow(size: number): void {
    const larger = allocateBytes(Math.max(this.#bytes.length * 2, this.#position + size));
    larger.set(this.written());
    this.#bytes = larger;
    this.#view = viewOf(larger);
  }
}

/** Whether one of four bytes is a quote, a backslash or a control character. Bytes beyond ASCII are none of these. */
function hasEscape(word: number): boolean {
  const quote = word ^ 0x22222222;
  const backslash = word ^ 0x5c5c5c5c;
  // A byte that is too small borrows from its highest bit; of those that had it set before, none is meant.
  const tooSmall =
    ((word - 0x20202020) & ~word) |
    ((quote - 0x01010101) & ~quote) |
    ((backslash - 0x01010101) & ~backslash);
  return (tooSmall & 0x80808080) !== 0;
}

/** How many digits a whole number below a billion has. */
function digitsOf(value: number): number {
  if (value < 1000) return value < 10 ? 1 : value < 100 ? 2 : 3;
  if (value < 1_000_000) return value < 10_000 ? 4 : value < 100_000 ? 5 : 6;
  return value < 10_000_000 ? 7 : value < 100_000_000 ? 8 : 9;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The two digits of each byte. */
const HEX_PAIRS: Uint16Array = Uint16Array.from(
  { length: 256 },
  (_, code) => HEX.charCodeAt(code >> 4) * 256 + HEX.charCodeAt(code & 15),
);

const SHORT_ESCAPES: ReadonlyMap<number, number> = new Map(
  (
    [
      ['"', '"'],
      ['\\', '\\'],
      ['\n', 'n'],
      ['\r', 'r'],
      ['\t', 't'],
      ['\b', 'b'],
      ['\f', 'f'],
    ] as const
  ).map(([character, letter]) => [character.charCodeAt(0), letter.charCodeAt(0)]),
);
