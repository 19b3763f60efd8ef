import { DIGITS, isIn } from './characters.ts';
import { DoubledQuotes, MOST_BACKSLASHES, type QuoteRun } from './doubled-quotes.ts';
import { escapeAt, hasEscapes } from './escape.ts';
import type { Escape } from './escaped-character.ts';
import { type FormValue, formValues } from './form-values.ts';
import { hasPlainerForm, INVISIBLE, joinsDigits, plainCharacter } from './plain-character.ts';
import { joinsGroups } from './tabbed-number.ts';
import { textOfCodes } from './text-of-codes.ts';
import type { TimeBudget } from './time-budget.ts';

const FIRST_BEYOND_ASCII = 0x80;
const AMPERSAND = 38;
const APOSTROPHE = 39;
const BACKSLASH = 92;
const HYPHEN = 45;
const PERCENT = 37;
const PLUS = 43;
const QUOTE = 34;
const SPACE = 32;
const TAB = 9;
const SPACE_ESCAPE = /^%(?:20|09|0[AD]|A0)$/i;

/** What a scan has seen of how a text is written. */
export interface Spelling {
  readonly sawDoubledQuotes: boolean;
  readonly sawTabs: boolean;
}

/** A text with its escapes taken back, and where each of its characters stood. */
export interface DecodedText {
  readonly text: string;
  /** Place in the original of each character, and of the end. */
  readonly places: Uint32Array;
}

/**
 * The text as a reader takes it after one decoding, or `undefined` when that changes nothing.
 * @param before - where the characters of the text stood, if it was decoded before
 * @param spelling - what a scan of the text saw
 * @param budget - asked while it is decoded
 */
export function decodedText(
  text: string,
  before: Uint32Array | undefined,
  { sawDoubledQuotes: hasDoubledQuotes, sawTabs }: Spelling,
  budget?: TimeBudget,
): DecodedText | undefined {
  const fields = formValues(text);
  const isWritten =
    hasDoubledQuotes || sawTabs || fields !== undefined || hasEscapes(text) || hasPlainerForm(text);
  if (!isWritten) return undefined;
  const decoder = new Decoder(text, before, fields, hasDoubledQuotes, budget);
  const decoded = decoder.decode();
  return decoded.text === text ? undefined : decoded;
}

class Decoder {
  readonly #text: string;
  readonly #before: Uint32Array | undefined;
  readonly #fields: readonly FormValue[];
  readonly #quotes: DoubledQuotes | undefined;
  readonly #budget: TimeBudget | undefined;
  readonly #places: Uint32Array;
  readonly #codes: Uint16Array;
  #count = 0;
  #field = 0;

  constructor(
    text: string,
    before: Uint32Array | undefined,
    fields: readonly FormValue[] | undefined,
    hasDoubledQuotes: boolean,
    budget: TimeBudget | undefined,
  ) {
    this.#text = text;
    this.#before = before;
    this.#fields = fields ?? [];
    this.#quotes = hasDoubledQuotes ? new DoubledQuotes() : undefined;
    this.#budget = budget;
    // Escapes become shorter, and doubled quotes with the backslashes in front less than twice as long.
    const most = hasDoubledQuotes ? text.length * 2 : text.length;
    this.#places = new Uint32Array(most + 1);
    this.#codes = new Uint16Array(most);
  }

  decode(): DecodedText {
    const text = this.#text;
    for (let at = 0; at < text.length;) at += this.#take(at, text.charCodeAt(at));
    const codes = this.#codes.subarray(0, this.#count);
    this.#places[this.#count] = this.#placeOf(text.length);
    return { text: textOfCodes(codes), places: this.#places };
  }

  /** Writes what the character at `at` starts. Returns how many characters that is. */
  #take(at: number, code: number): number {
    if (code === 0 || code >= FIRST_BEYOND_ASCII) return this.#beyondAscii(at, code);
    if (code === BACKSLASH || code === PERCENT || code === AMPERSAND) {
      const escape = escapeAt(this.#text, at);
      this.#budget?.step();
      if (escape !== undefined) return this.#escape(at, escape);
    }
    if (code === QUOTE || code === APOSTROPHE || code === BACKSLASH) {
      const run = this.#quotes?.runAt(this.#text, at);
      if (run !== undefined) return this.#quoteRun(at, run);
    }
    const isSpace =
      (code === PLUS && this.#isSpace(at)) || (code === TAB && joinsGroups(this.#text, at));
    this.#write(isSpace ? SPACE : code, at);
    return 1;
  }

  #escape(at: number, { code, length, backslashes = 0 }: Escape): number {
    for (let i = 0; i < backslashes; i++) this.#write(BACKSLASH, at);
    this.#write(plainCharacter(code), at);
    return length;
  }

  /** A quote of a text inside of a text, in the usual spelling: `\"`, and deeper where it has backslashes by itself. */
  #quoteRun(at: number, { width, quotes, pairs, startsAlone }: QuoteRun): number {
    this.#budget?.step();
    let place = at;
    if (startsAlone) place = this.#copy(place, width);
    const quote = this.#text.charCodeAt(at + width - 1);
    for (let pair = 0; pair < pairs; pair++, place += 2 * width) {
      const more = width > 1 ? 2 * width - 1 : this.#backslashesBefore(place) + 1;
      for (let i = 0; i < more; i++) this.#write(BACKSLASH, place);
      this.#write(quote, place);
    }
    if (quotes % 2 === 1 && !startsAlone) this.#copy(place, width);
    return width * quotes;
  }

  /** Those of `\\""`, which are written already: as many again stand in front of a quote that is deeper by one. */
  #backslashesBefore(place: number): number {
    let count = 0;
    while (count < MOST_BACKSLASHES && this.#text.charCodeAt(place - 1 - count) === BACKSLASH)
      count++;
    return count;
  }

  /** Returns the place behind what was copied. */
  #copy(from: number, length: number): number {
    for (let at = from; at < from + length; at++) this.#write(this.#text.charCodeAt(at), at);
    return from + length;
  }

  #beyondAscii(at: number, code: number): number {
    this.#budget?.step();
    const isHalf = code >= 0xd800 && code < 0xdc00;
    const point = isHalf ? this.#text.codePointAt(at)! : code;
    this.#write(joinsDigits(this.#text, at) ? HYPHEN : plainCharacter(point), at);
    return point > 0xffff ? 2 : 1;
  }

  /** Asked for rising places. */
  #isSpace(at: number): boolean {
    const fields = this.#fields;
    while (this.#field < fields.length && fields[this.#field]!.to <= at) this.#field++;
    const isInField = this.#field < fields.length && fields[this.#field]!.from <= at;
    return isInField && !isSign(this.#text, at);
  }

  #write(code: number, at: number): void {
    if (code === INVISIBLE) return;
    const place = this.#placeOf(at);
    if (code <= 0xffff) this.#put(code, place);
    else {
      this.#put(0xd800 + ((code - 0x10000) >> 10), place);
      this.#put(0xdc00 + ((code - 0x10000) & 0x3ff), place);
    }
  }

  #put(code: number, place: number): void {
    this.#codes[this.#count] = code;
    this.#places[this.#count++] = place;
  }

  #placeOf(at: number): number {
    return this.#before === undefined ? at : this.#before[at]!;
  }
}

/** `me:%20+49`, `me:++49`: what stands behind a space and before a digit is the sign of a phone number. */
function isSign(text: string, at: number): boolean {
  if (!isIn(DIGITS, text.charCodeAt(at + 1))) return false;
  return text.charCodeAt(at - 1) === PLUS || SPACE_ESCAPE.test(text.slice(at - 3, at));
}
