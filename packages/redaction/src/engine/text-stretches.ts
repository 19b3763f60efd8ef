import type { TimeBudget } from './time-budget.ts';

/** Characters of ASCII in a row that must be somewhere in a text: no secret has less around it. */
const LEAST = 8;
/** Between bytes that are no text so many in a row are one, or a text of that length. By chance that is one in megabytes. */
const LEAST_BETWEEN_BYTES = 12;
const LEAST_TEXT = 64;
/** Set in none of four bytes of ASCII. */
const HIGH_BITS = 0x8080_8080 | 0;

/** Bytes of ASCII that are seen, and blanks. */
const SEEN: Uint8Array = new Uint8Array(256).fill(1, 32, 127);
for (const blank of [9, 10, 13]) SEEN[blank] = 1;
/** Those of any text: letters of any alphabet, and what terminals and printers are told. */
const OF_TEXT: Uint8Array = SEEN.slice().fill(1, 128);
for (const control of [8, 11, 12, 27]) OF_TEXT[control] = 1;

/** How wide the characters of a text are: one byte, or two with the low one first or last. */
export type Width = 'narrow' | 'low-first' | 'low-last';

/** A part of the bytes that is text, in places of bytes. */
export interface TextStretch {
  readonly from: number;
  readonly to: number;
  readonly width: Width;
}

export interface Bytes {
  readonly bytes: Uint8Array;
  /** The same, four in each. */
  readonly words: Int32Array;
  readonly length: number;
}

/**
 * The stretches of text in bytes of any kind, as `strings` of Unix finds them: with one byte for a character of ASCII, among
 * letters of any 8-bit encoding, and with two. `undefined` where there are none: in nearly all ids, hashes and signatures.
 */
export function textStretches(
  all: Bytes,
  budget: TimeBudget | undefined,
): TextStretch[] | undefined {
  const { bytes, words, length } = all;
  let found: TextStretch[] | undefined;
  let narrowEnd = 0;
  let wideEnd = 0;
  // Eight characters in a row fill a word, and so do two of them and their zeros.
  const count = length >> 2;
  for (let word = 0; word < count; word++) {
    const value = words[word]!;
    // Of noise one word in sixteen goes on.
    if ((value & HIGH_BITS) !== 0 || value === 0) continue;
    const at = 4 * word;
    const isSeen = SEEN[bytes[at]!];
    const isNextSeen = SEEN[bytes[at + 1]!];
    if (SEEN[bytes[at + 2]!] !== isSeen || SEEN[bytes[at + 3]!] !== isNextSeen) continue;
    if (isSeen === 1 && isNextSeen === 1) {
      const from = backWhile(SEEN, bytes, at, narrowEnd);
      const to = whileIn(SEEN, bytes, at + 4, length);
      if (to - from < LEAST) continue;
      budget?.step();
      const stretch = narrowStretch(all, from, to, narrowEnd);
      narrowEnd = stretch.to;
      if (isText(all, stretch, to - from)) (found ??= []).push(stretch);
      word = narrowEnd >> 2;
    } else if (isSeen !== isNextSeen) {
      budget?.step();
      const stretch = wideStretch(all, isSeen === 1 ? at : at + 1, wideEnd);
      if (stretch === undefined) continue;
      (found ??= []).push(stretch);
      wideEnd = stretch.to;
      word = wideEnd >> 2;
    }
  }
  return found;
}

function whileIn(kind: Uint8Array, bytes: Uint8Array, from: number, length: number): number {
  let at = from;
  while (at < length && kind[bytes[at]!] === 1) at++;
  return at;
}

function backWhile(kind: Uint8Array, bytes: Uint8Array, to: number, floor: number): number {
  let at = to;
  while (at > floor && kind[bytes[at - 1]!] === 1) at--;
  return at;
}

function narrowStretch(
  { bytes, length }: Bytes,
  from: number,
  to: number,
  floor: number,
): TextStretch {
  return {
    from: backWhile(OF_TEXT, bytes, from, floor),
    to: whileIn(OF_TEXT, bytes, to, length),
    width: 'narrow',
  };
}

/** Whether the stretch is more than noise. `seen`: of how many characters of ASCII in a row is known. */
function isText({ bytes, length }: Bytes, { from, to }: TextStretch, seen: number): boolean {
  if (seen >= LEAST_BETWEEN_BYTES || to - from >= LEAST_TEXT) return true;
  if (from === 0 && to === length) return true;
  for (let at = from; at < to;) {
    const end = whileIn(SEEN, bytes, at, to);
    if (end - at >= LEAST_BETWEEN_BYTES) return true;
    at = end + 1;
  }
  return false;
}

/** The stretch around a low byte: ASCII, where each second byte is zero, and letters of any alphabet beside it. */
function wideStretch(all: Bytes, low: number, floor: number): TextStretch | undefined {
  const first = widened(all, { from: low, to: low, width: 'low-first' }, floor, isWideAscii);
  const last = widened(all, { from: low - 1, to: low - 1, width: 'low-last' }, floor, isWideAscii);
  const difference = first.to - first.from - (last.to - last.from);
  // ASCII reads nearly the same both ways. A file has its first character in its first two bytes.
  const isFirst = difference === 0 ? low % 2 === 0 : difference > 0;
  const ascii = isFirst ? first : last;
  return ascii.to - ascii.from < 2 * LEAST ? undefined : widened(all, ascii, floor, isWideLetter);
}

function widened(
  { bytes, length }: Bytes,
  stretch: TextStretch,
  floor: number,
  isOne: (low: number, high: number) => boolean,
): TextStretch {
  const low = stretch.width === 'low-first' ? 0 : 1;
  let { from, to } = stretch;
  while (from - 2 >= floor && isOne(bytes[from - 2 + low]!, bytes[from - 1 - low]!)) from -= 2;
  while (to + 1 < length && isOne(bytes[to + low]!, bytes[to + 1 - low]!)) to += 2;
  return { ...stretch, from, to };
}

function isWideAscii(low: number, high: number): boolean {
  return high === 0 && SEEN[low] === 1;
}

/** Whether it may stand in a text in UTF-16: it is no other control character, and none that is nowhere used. */
function isWideLetter(low: number, high: number): boolean {
  if (high === 0) return OF_TEXT[low] === 1 && (low < 0x80 || low >= 0xa0);
  return high < 0xff || low < 0xfe;
}
