/** Characters looked at without reloading. Small enough for the second-level cache. */
const CHUNK = 32_768;
/** Zeros behind the text, so that a look ahead needs no range check. */
const PADDING = 12;
/** What escapes start with, and forms have for a space: 1 by the code of the character. */
const IS_ODD: Uint8Array = new Uint8Array(128);
for (const character of '\0%&\\+') IS_ODD[character.charCodeAt(0)] = 1;
/** Below this, a loop is faster than the call of the native copy. */
const NATIVE_COPY_FROM = 96;

/** For a text that V8 stores a byte a character it knows the answer without looking. */
const BEYOND_LATIN = /[^\0-\xff]/;

/** The one method of Node.js's `Buffer` that is used where there is one. */
interface NativeCopy {
  write(text: string, offset: number, encoding: 'utf16le' | 'latin1'): number;
}

/**
 * A part of a text as an array of UTF-16 code units. Reading a string character by character costs several times
 * as much, because each read has to find out how the string is stored.
 */
export class TextUnits {
  /** The code units from `base` on, and zeros behind the last one. */
  readonly units: Uint16Array = new Uint16Array(CHUNK + PADDING);
  base = 0;
  count = 0;
  /** The same two by two. */
  readonly pairs: Uint32Array = new Uint32Array(this.units.buffer);
  /** Whether all that is loaded is Latin-1. */
  isLatin = false;
  /** Then it stands here as well, a byte each, two by two: half as much to read, and a pair is its place in a table. */
  readonly latinPairs: Uint16Array = new Uint16Array((CHUNK + PADDING) / 2);
  readonly latin: Uint8Array = new Uint8Array(this.latinPairs.buffer);
  /** How many digits there are, counted where that costs nothing beside the copy; otherwise infinite. */
  digits = 0;
  /** False when all is ASCII without `%`, `&`, `+` and backslashes; true also where nobody has looked. */
  mayBeDisguised = true;
  readonly #copy: NativeCopy | undefined = nativeCopy(this.units.buffer as ArrayBuffer);
  readonly #copyLatin: NativeCopy | undefined = nativeCopy(this.latinPairs.buffer as ArrayBuffer);

  /** A number that differs for most texts, of what is loaded. */
  hash(): number {
    const pairs = (this.count + 1) >> 1;
    let hash = this.count;
    for (let i = 0; i < pairs; i++) hash = (Math.imul(hash, 31) + this.pairs[i]!) | 0;
    return hash;
  }

  /** Loads more when fewer than `reach` characters from `from` on are there. */
  cover(text: string, from: number, reach: number): void {
    const end = this.base + this.count;
    if (from >= end - reach && end < text.length) this.load(text, from);
  }

  /** Loads the text from `from` on, as far as there is room. */
  load(text: string, from: number): void {
    const { units, latin } = this;
    const count = Math.min(text.length - from, CHUNK);
    if (count < NATIVE_COPY_FROM || this.#copy === undefined) {
      let digits = 0;
      let odd = 0;
      let all = 0;
      for (let i = 0; i < count; i++) {
        const code = text.charCodeAt(from + i);
        units[i] = code;
        latin[i] = code;
        all |= code;
        if ((code - 48) >>> 0 < 10) digits++;
        if (code > 127 || IS_ODD[code] === 1) odd++;
      }
      this.digits = count === text.length ? digits : Infinity;
      this.mayBeDisguised = odd > 0 || count < text.length;
      this.isLatin = all < 256;
    } else {
      this.digits = Infinity;
      this.mayBeDisguised = true;
      const part = count === text.length ? text : text.slice(from, from + count);
      this.#copy.write(part, 0, 'utf16le');
      this.isLatin = !BEYOND_LATIN.test(part);
      if (this.isLatin) this.#copyLatin?.write(part, 0, 'latin1');
    }
    for (let i = 0; i < PADDING; i++) units[count + i] = latin[count + i] = 0;
    this.base = from;
    this.count = count;
  }
}

/** A view of `memory` with the native copy, where the runtime has one and stores numbers low byte first. */
function nativeCopy(memory: ArrayBuffer): NativeCopy | undefined {
  const { Buffer } = globalThis as { Buffer?: { from(memory: ArrayBuffer): Partial<NativeCopy> } };
  const view = Buffer?.from(memory);
  if (typeof view?.write !== 'function') return undefined;
  return isLittleEndian() ? (view as NativeCopy) : undefined;
}

/** Whether the runtime stores numbers low byte first. */
export function isLittleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}
