import { allocateBytes } from '../encode/write-utf8.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
// Up to this length a loop over the bytes is faster than a copy by the platform.
const SHORT_RUN = 32;
const HEX = '0123456789abcdef';

/** Writes JSON as UTF-8. */
export class JsonBytes {
  #bytes: Uint8Array;
  #position = 0;

  constructor(size: number) {
    this.#bytes = allocateBytes(size);
  }

  /** What was written. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#position);
  }

  /** A single ASCII character. */
  byte(code: number): void {
    if (this.#position === this.#bytes.length) this.#room(1);
    this.#bytes[this.#position++] = code;
  }

  /** Bytes as they are. */
  raw(source: Uint8Array, from: number = 0, to: number = source.length): void {
    const length = to - from;
    this.#room(length);
    const bytes = this.#bytes;
    const position = this.#position;
    if (length <= SHORT_RUN)
      for (let i = 0; i < length; i++) bytes[position + i] = source[from + i]!;
    else bytes.set(source.subarray(from, to), position);
    this.#position = position + length;
  }

  /** ASCII text as it is. */
  ascii(text: string): void {
    this.#room(text.length);
    for (let i = 0; i < text.length; i++) this.#bytes[this.#position + i] = text.charCodeAt(i);
    this.#position += text.length;
  }

  /** A string whose content is UTF-8 already: only quotes, backslashes and control characters are escaped. */
  text(source: Uint8Array, from: number, to: number): void {
    this.byte(QUOTE);
    let start = from;
    for (let i = from; i < to; i++) {
      const code = source[i]!;
      if (code >= 0x20 && code !== QUOTE && code !== BACKSLASH) continue;
      this.raw(source, start, i);
      this.#escape(code);
      start = i + 1;
    }
    this.raw(source, start, to);
    this.byte(QUOTE);
  }

  /** A string of hexadecimal digits. */
  hex(source: Uint8Array, from: number, to: number): void {
    this.byte(QUOTE);
    this.#room((to - from) * 2);
    for (let i = from; i < to; i++) {
      const code = source[i]!;
      this.#bytes[this.#position++] = HEX.charCodeAt(code >> 4);
      this.#bytes[this.#position++] = HEX.charCodeAt(code & 15);
    }
    this.byte(QUOTE);
  }

  #escape(code: number): void {
    this.byte(BACKSLASH);
    const short = SHORT_ESCAPES.get(code);
    if (short !== undefined) this.byte(short);
    else this.ascii(`u00${HEX[code >> 4]}${HEX[code & 15]}`);
  }

  #room(size: number): void {
    if (this.#position + size <= this.#bytes.length) return;
    const larger = allocateBytes(Math.max(this.#bytes.length * 2, this.#position + size));
    larger.set(this.written());
    this.#bytes = larger;
  }
}

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
