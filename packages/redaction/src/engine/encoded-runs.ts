import { ANY_CASE_HEX, BASE64, EQUALS_SIGN, isIn, URL64 } from './characters.ts';
import { TextUnits } from './text-units.ts';
import type { TimeBudget } from './time-budget.ts';

const RUN = (BASE64 & ~EQUALS_SIGN) | URL64;
/** Shorter runs hold no secret: base64 of 18 bytes. */
const LEAST = 24;
/** What is longer is a file. */
const LONGEST = 1 << 22;
/** Bytes that must be text at the start before the rest of a run of hex is decoded. */
const TRIED = 12;
/** Below this, reading the characters one by one is faster than a copy. */
const COPIED_FROM = 512;
const NOT_LOADED = -1;
const NOTHING: readonly EncodedRun[] = [];

/** A stretch that is base64 or hex of a text. */
export interface EncodedRun {
  readonly from: number;
  readonly to: number;
  readonly decoded: string;
}

/** Finds stretches that decode to text. */
export class EncodedRuns {
  readonly #units: TextUnits = new TextUnits();
  /** For every UTF-16 code unit, so that the search needs no range check. */
  readonly #isRun: Uint8Array = new Uint8Array(65_536);

  readonly #budget: TimeBudget | undefined;

  constructor(budget?: TimeBudget) {
    this.#budget = budget;
    this.#units.base = NOT_LOADED;
    for (let code = 0; code < 128; code++) this.#isRun[code] = isIn(RUN, code) ? 1 : 0;
  }

  find(text: string): readonly EncodedRun[] {
    let runs: EncodedRun[] | undefined;
    for (let from = 0; from + LEAST <= text.length;) {
      const at = text.length < COPIED_FROM ? this.#runInShort(text, from) : this.#runIn(text, from);
      if (at < 0) break;
      this.#budget?.step();
      const run = this.#runAround(text, at, from);
      if (run.decoded !== undefined) (runs ??= []).push(run as EncodedRun);
      from = run.to;
    }
    this.#units.base = NOT_LOADED;
    return runs ?? NOTHING;
  }

  #runInShort(text: string, from: number): number {
    const isRun = this.#isRun;
    for (let probe = from + LEAST - 1; probe < text.length;) {
      const lowest = probe - LEAST;
      let at = probe;
      while (at > lowest && isRun[text.charCodeAt(at)] === 1) at--;
      if (at === lowest) return probe;
      probe = at + LEAST;
    }
    return -1;
  }

  /**
   * A place inside the next run of 24, or -1. Looks at every 24th character, and back from it as long as a run goes on:
   * in prose that is a word, and the rest of the stretch needs no look.
   */
  #runIn(text: string, from: number): number {
    const loaded = this.#units;
    const isRun = this.#isRun;
    let probe = from + LEAST - 1;
    while (probe < text.length) {
      const isLoaded =
        loaded.base !== NOT_LOADED && from >= loaded.base && probe < loaded.base + loaded.count;
      if (!isLoaded) loaded.load(text, probe - LEAST + 1);
      const { units, base, count } = loaded;
      const end = base + count;
      for (; probe < end;) {
        const lowest = probe - LEAST;
        let at = probe;
        while (at > lowest && isRun[units[at - base]!] === 1) at--;
        if (at === lowest) return probe;
        probe = at + LEAST;
      }
    }
    return -1;
  }

  #runAround(
    text: string,
    at: number,
    lowest: number,
  ): Omit<EncodedRun, 'decoded'> & { decoded: string | undefined } {
    const isRun = this.#isRun;
    let from = at;
    while (from > lowest && isRun[text.charCodeAt(from - 1)] === 1) from--;
    let to = at + 1;
    while (to < text.length && isRun[text.charCodeAt(to)] === 1) to++;
    const decoded = to - from > LONGEST ? undefined : decodedRun(text, from, to);
    if (decoded !== undefined) while (text[to] === '=') to++;
    return { from, to, decoded };
  }
}

function decodedRun(text: string, from: number, to: number): string | undefined {
  // `0x` in front of hex.
  const isMarked = text.charCodeAt(from) === 48 && (text.charCodeAt(from + 1) | 32) === 120;
  if (isMarked) return fromHex(text, from + 2, to);
  if (!mayStart(text, from)) return undefined;
  if (
    (to - from) % 2 === 0 &&
    startsAsHexText(text, from) &&
    isHex(text, from, Math.min(to, from + 2 * TRIED))
  ) {
    const start = fromHex(text, from, Math.min(to, from + 2 * TRIED));
    return start === undefined ? undefined : fromHex(text, from, to);
  }
  if (!startsAsText(text, from)) return undefined;
  return fromBase64(text, from, to);
}

/** Whether the first byte, as hex or as base64, can be that of a text: most ids are told by it. */
function mayStart(text: string, from: number): boolean {
  const first = sextet(text.charCodeAt(from));
  // Printable ASCII starts with 8 to 31, a letter with an accent in UTF-8 with 48 or more.
  const isText64 = (first >= 8 && first < 32) || (first >= 48 && first < 62);
  const high = text.charCodeAt(from) - 48;
  return isText64 || (high >= 2 && high <= 7);
}

/** Whether the first nine bytes of base64 can be those of a text. Without a string: nearly all runs end here. */
function startsAsText(text: string, from: number): boolean {
  for (let at = from; at < from + 12; at += 4) {
    const high = (sextet(text.charCodeAt(at)) << 6) | sextet(text.charCodeAt(at + 1));
    const low = (sextet(text.charCodeAt(at + 2)) << 6) | sextet(text.charCodeAt(at + 3));
    const first = high >> 4;
    const second = ((high & 15) << 4) | (low >> 8);
    const third = low & 255;
    if (!mayBeText(first) || !mayBeText(second) || !mayBeText(third)) return false;
  }
  return true;
}

function mayBeText(byte: number): boolean {
  return byte >= 128 || isText(byte);
}

/** Whether the first two bytes of hex can be those of a text: they are 20 to 7f. */
function startsAsHexText(text: string, from: number): boolean {
  const first = text.charCodeAt(from);
  const third = text.charCodeAt(from + 2);
  return first >= 50 && first <= 55 && third >= 50 && third <= 55;
}

function isHex(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isIn(ANY_CASE_HEX, text.charCodeAt(i))) return false;
  return true;
}

function fromHex(text: string, from: number, to: number): string | undefined {
  let decoded = '';
  for (let i = from; i + 1 < to; i += 2) {
    const byte = Number.parseInt(text.slice(i, i + 2), 16);
    if (!isText(byte)) return undefined;
    decoded += String.fromCharCode(byte);
  }
  return decoded;
}

/** The text that the base64 stands for, or `undefined` when it is none: UTF-8, or one that has few bytes beyond ASCII. */
function fromBase64(text: string, from: number, to: number): string | undefined {
  let decoded = '';
  let held = 0;
  let bits = 0;
  let beyond = 0;
  let isUtf8 = true;
  // Bytes that the letter still has to come with.
  let following = 0;
  for (let i = from; i < to; i++) {
    held = ((held << 6) | sextet(text.charCodeAt(i))) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const byte = (held >> bits) & 0xff;
    if (byte < 128) {
      if (!isText(byte)) return undefined;
      if (following > 0) isUtf8 = false;
    } else {
      beyond++;
      if (isUtf8) {
        following = byte < 0xc0 ? following - 1 : following === 0 ? followingOf(byte) : NO_LETTER;
        isUtf8 = following >= 0;
      }
    }
    // In another encoding one letter with an accent in four, not the noise of an image.
    if (!isUtf8 && beyond * 4 > decoded.length + 4) return undefined;
    decoded += String.fromCharCode(byte);
  }
  return isUtf8 && beyond > 0 ? letters(decoded) : decoded;
}

const NO_LETTER = -1;

/** How many bytes come behind the first one of a letter in UTF-8. */
function followingOf(first: number): number {
  if (first >= 0xc2 && first < 0xe0) return 1;
  if (first >= 0xe0 && first < 0xf0) return 2;
  return first >= 0xf0 && first < 0xf5 ? 3 : NO_LETTER;
}

const utf8 = new TextDecoder();

function letters(bytes: string): string {
  return utf8.decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}

function isText(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;
}

function sextet(code: number): number {
  if (code >= 97) return code - 71;
  if (code === 95) return 63;
  if (code >= 65) return code - 65;
  if (code >= 48) return code + 4;
  return code === 43 || code === 45 ? 62 : 63;
}
