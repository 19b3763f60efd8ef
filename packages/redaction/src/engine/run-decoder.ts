import { SEXTETS } from './base64-alphabet.ts';
import { ANY_CASE_HEX, isIn } from './characters.ts';
import { mayBeBase64Text, mayBeHexText } from './may-hold-text.ts';

const ZERO = 48;
/** Runs up to here are told by a few of their characters, and decoded one by one; for longer ones the native decoder is faster. */
const SHORT = 256;
/** Bytes of the memory that one run after the other is decoded into. Longer ones have their own. */
const SHARED = 32_768;

/** What a digit of hex stands for. */
const NIBBLES: Uint8Array = new Uint8Array(128);
for (let value = 0; value < 16; value++) {
  NIBBLES[value.toString(16).charCodeAt(0)] = value;
  NIBBLES[value.toString(16).toUpperCase().charCodeAt(0)] = value;
}

/** Decodes runs of base64, base64url and hex without padding, one at a time. */
export class RunDecoder {
  readonly #shared: Memory = memoryOf(SHARED);
  #memory: Memory = this.#shared;
  /** How many bytes there are. */
  length = 0;
  /** Where the run starts, behind `0x` in front of hex. */
  start = 0;
  /** All of it is hex, and each byte has its two digits. */
  isHex = false;

  /** The bytes of the run, and others behind them. */
  get bytes(): Uint8Array {
    return this.#memory.bytes;
  }

  /** The same, four in each. */
  get words(): Int32Array {
    return this.#memory.words;
  }

  /** False where a look at the run tells that no text is in it. */
  decode(text: string, from: number, to: number): boolean {
    const isShort = to - from <= SHORT;
    const isMarked = text.charCodeAt(from) === ZERO && (text.charCodeAt(from + 1) | 32) === 120;
    const behindMark = isMarked ? from + 2 : from;
    this.isHex =
      (to - behindMark) % 2 === 0 &&
      (!isShort || mayBeHexText(text, behindMark, to)) &&
      isHex(text, behindMark, to);
    this.start = this.isHex ? behindMark : from;
    if (isShort && !this.isHex && !mayBeBase64Text(text, from, to)) return false;
    const characters = to - this.start;
    this.length = this.isHex ? characters / 2 : Math.floor((characters * 3) / 4);
    // A group of three more than there is: it is written whole.
    this.#memory = this.length + 3 <= SHARED ? this.#shared : memoryOf(this.length + 3);
    const { native } = this.#memory;
    if (isShort || native === undefined) this.#read(text, to);
    else native.write(text.slice(this.start, to), 0, this.isHex ? 'hex' : 'base64');
    return true;
  }

  /** The bytes of the run in memory of their own. */
  own(): Uint8Array {
    const { bytes } = this.#memory;
    return this.#memory === this.#shared
      ? bytes.slice(0, this.length)
      : bytes.subarray(0, this.length);
  }

  /** Lets go of a long run. */
  forget(): void {
    this.#memory = this.#shared;
  }

  #read(text: string, to: number): void {
    const { bytes, start } = this;
    let at = 0;
    if (this.isHex) {
      for (let i = start; i < to; i += 2)
        bytes[at++] = (NIBBLES[text.charCodeAt(i)]! << 4) | NIBBLES[text.charCodeAt(i + 1)]!;
      return;
    }
    const whole = to - ((to - start) & 3);
    for (let i = start; i < whole; i += 4) {
      const group =
        (SEXTETS[text.charCodeAt(i)]! << 18) |
        (SEXTETS[text.charCodeAt(i + 1)]! << 12) |
        (SEXTETS[text.charCodeAt(i + 2)]! << 6) |
        SEXTETS[text.charCodeAt(i + 3)]!;
      bytes[at] = group >> 16;
      bytes[at + 1] = group >> 8;
      bytes[at + 2] = group;
      at += 3;
    }
    if (to - whole < 2) return;
    const third = to - whole === 3 ? SEXTETS[text.charCodeAt(whole + 2)]! : 0;
    const rest =
      (SEXTETS[text.charCodeAt(whole)]! << 18) |
      (SEXTETS[text.charCodeAt(whole + 1)]! << 12) |
      (third << 6);
    bytes[at] = rest >> 16;
    bytes[at + 1] = rest >> 8;
  }
}

function isHex(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isIn(ANY_CASE_HEX, text.charCodeAt(at))) return false;
  return true;
}

interface Memory {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly native: NativeDecode | undefined;
}

/** The one method of Node.js's `Buffer` that is used where there is one. It reads base64url as base64. */
interface NativeDecode {
  write(text: string, offset: number, encoding: 'base64' | 'hex'): number;
}

function memoryOf(length: number): Memory {
  const words = new Int32Array(Math.ceil(length / 4));
  const { Buffer } = globalThis as {
    Buffer?: { from(memory: ArrayBuffer): Partial<NativeDecode> };
  };
  const view = Buffer?.from(words.buffer);
  const native = typeof view?.write === 'function' ? (view as NativeDecode) : undefined;
  return { bytes: new Uint8Array(words.buffer), words, native };
}
