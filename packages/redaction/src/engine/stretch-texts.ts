import { textOfCodes } from './text-of-codes.ts';
import type { TextStretch } from './text-stretches.ts';
import type { TimeBudget } from './time-budget.ts';

const SPACE = 32;
const FIRST_BEYOND_ASCII = 0x80;
/** The second bytes of letters in two bytes that are ASCII too: `@` to `~`. */
const [FIRST_SECOND, LAST_SECOND] = [0x40, 0x7e];

/** Makes a text in one piece, many times as fast as code by code. */
const ascii = new TextDecoder();

/** A reading of a stretch. */
export interface StretchText {
  readonly text: string;
  /** The place among all bytes of each character, and of the end. */
  readonly placeOf: (index: number) => number;
}

/** How the bytes of a stretch may be meant: more than one way where they are letters of an 8-bit encoding. */
export function stretchTexts(
  bytes: Uint8Array,
  { from, to, width }: TextStretch,
  budget: TimeBudget | undefined,
): readonly StretchText[] {
  budget?.check();
  const part = bytes.subarray(from, to);
  if (width !== 'narrow') {
    const high = width === 'low-first' ? 1 : 0;
    const units = new Uint16Array(part.length >> 1);
    for (let index = 0; index < units.length; index++)
      units[index] = (part[2 * index + high]! << 8) | part[2 * index + 1 - high]!;
    return [{ text: textOfCodes(units), placeOf: (index) => from + 2 * index }];
  }
  const placeOf = (index: number): number => from + index;
  if (isAscii(part)) return [{ text: ascii.decode(part), placeOf }];
  const { text, places, isUtf8 } = letters(part);
  const asLetters = { text, placeOf: (index: number) => from + places[index]! };
  const narrow = isUtf8 ? undefined : withoutSecondBytes(part);
  return narrow === undefined ? [asLetters] : [asLetters, { text: textOfCodes(narrow), placeOf }];
}

/** UTF-8, and what is none of it as Western letters: each byte is the code of one. */
function letters(bytes: Uint8Array): {
  readonly text: string;
  readonly places: Uint32Array;
  readonly isUtf8: boolean;
} {
  const places = new Uint32Array(bytes.length + 1);
  const units = new Uint16Array(bytes.length);
  let count = 0;
  let isUtf8 = true;
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at]!;
    const following = followingOf(first);
    let code = first & (0x3f >> following);
    let taken = 1;
    for (; taken <= following && (bytes[at + taken]! & 0xc0) === 0x80; taken++)
      code = (code << 6) | (bytes[at + taken]! & 0x3f);
    if (following <= 0 || taken <= following || code > 0x10_ffff) {
      if (first >= FIRST_BEYOND_ASCII) isUtf8 = false;
      code = first;
      taken = 1;
    }
    places[count] = at;
    if (code > 0xffff) {
      units[count++] = 0xd7c0 + (code >> 10);
      places[count] = at;
      code = 0xdc00 + (code & 0x3ff);
    }
    units[count++] = code;
    at += taken;
  }
  places[count] = bytes.length;
  return { text: textOfCodes(units.subarray(0, count)), places, isUtf8 };
}

/** How many bytes come behind the first one of a letter in UTF-8; 0 where it is none. */
function followingOf(first: number): number {
  if (first < 0xc2) return 0;
  if (first < 0xe0) return 1;
  if (first < 0xf0) return 2;
  return first < 0xf5 ? 3 : 0;
}

function isAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if (bytes[at]! >= FIRST_BEYOND_ASCII) return false;
  return true;
}

/**
 * The bytes with blanks for the second ones of letters in two bytes that look like letters of ASCII: in Shift-JIS, GBK and
 * Big5 one may stand right in front of a key. `undefined` where there are none.
 */
function withoutSecondBytes(bytes: Uint8Array): Uint8Array | undefined {
  let changed: Uint8Array | undefined;
  for (let at = 0; at + 1 < bytes.length; at++) {
    if (bytes[at]! <= FIRST_BEYOND_ASCII) continue;
    const second = bytes[++at]!;
    if (second >= FIRST_SECOND && second <= LAST_SECOND) (changed ??= bytes.slice())[at] = SPACE;
  }
  return changed;
}
