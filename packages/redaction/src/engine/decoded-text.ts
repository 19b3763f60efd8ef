import { escapeAt, hasEscapes } from './escape.ts';
import { hasPlainerForm, INVISIBLE, plainCharacter } from './plain-character.ts';
import { textOfCodes } from './text-of-codes.ts';
import type { TimeBudget } from './time-budget.ts';

/** A text with its escapes taken back, and where each of its characters stood. */
export interface DecodedText {
  readonly text: string;
  /** Place in the original of each character, and of the end. */
  readonly places: Uint32Array;
}

/** Escapes of escapes: `%252D`, `&amp;#45;`. How far they are followed. */
const MOST_TIMES = 4;
const FIRST_BEYOND_ASCII = 0x80;
const AMPERSAND = 38;
const PERCENT = 37;
const BACKSLASH = 92;

/**
 * The text as a reader takes it, first as it is after one decoding, then after another one, while that changes it.
 * @param budget - asked while it is decoded
 */
export function decodedTexts(text: string, budget?: TimeBudget): readonly DecodedText[] {
  const all: DecodedText[] = [];
  let last: DecodedText | undefined;
  while (all.length < MOST_TIMES) {
    const current: string = last === undefined ? text : last.text;
    if (!hasEscapes(current) && !hasPlainerForm(current)) break;
    const decoded = decode(current, last?.places, budget);
    if (decoded.text === current) break;
    all.push(decoded);
    last = decoded;
  }
  return all;
}

/** @param before - where the characters of the text stood, if it was decoded before */
function decode(
  text: string,
  before: Uint32Array | undefined,
  budget: TimeBudget | undefined,
): DecodedText {
  const places = new Uint32Array(text.length + 1);
  const codes = new Uint16Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    let meant = code;
    let length = 1;
    if (code === PERCENT || code === BACKSLASH || code === AMPERSAND) {
      const escape = escapeAt(text, at);
      budget?.step();
      if (escape !== undefined) {
        ({ length } = escape);
        meant = plainCharacter(escape.code);
      }
    } else if (code === 0 || code >= FIRST_BEYOND_ASCII) {
      budget?.step();
      const isHalf = code >= 0xd800 && code < 0xdc00;
      const point = isHalf ? text.codePointAt(at)! : code;
      if (point > 0xffff) length = 2;
      meant = plainCharacter(point);
    }
    if (meant !== INVISIBLE) {
      const place = before === undefined ? at : before[at]!;
      if (meant > 0xffff) {
        codes[count] = 0xd800 + ((meant - 0x10000) >> 10);
        places[count++] = place;
        meant = 0xdc00 + ((meant - 0x10000) & 0x3ff);
      }
      codes[count] = meant;
      places[count++] = place;
    }
    at += length;
  }
  places[count] = before === undefined ? text.length : before[text.length]!;
  return { text: textOfCodes(codes.subarray(0, count)), places };
}
