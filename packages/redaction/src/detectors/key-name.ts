import { BASE62, DOT, HYPHEN, isIn, UNDERSCORE } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';

export const NAME: number = BASE62 | HYPHEN | UNDERSCORE;
const LONGEST_HEAD = 64;
const LONGEST_TAIL = 24;
const MOST_SPACES = 4;
const BACKSLASH = 92;

/** Where the name ends that goes on at `from`. */
export function nameEnd(scan: Scan, from: number): number {
  let end = from;
  while (end < from + LONGEST_TAIL && isIn(NAME, scan.code(end))) end++;
  scan.work += end - from;
  return end;
}

/** Where the name starts that holds the anchor at `anchor`. */
export function nameStart(scan: Scan, anchor: number): number {
  return scan.runStart(NAME | DOT, anchor, LONGEST_HEAD);
}

/** Behind the quote at `index` and the backslashes before it, or `index` when there is none. */
export function afterQuote(scan: Scan, index: number): number {
  let at = index;
  while (scan.code(at) === BACKSLASH) at++;
  scan.work += at - index;
  const code = scan.code(at);
  return code === 34 || code === 39 || code === 96 ? at + 1 : index;
}

export function afterSpaces(scan: Scan, from: number): number {
  let at = from;
  while (at < from + MOST_SPACES && (scan.code(at) === 32 || scan.code(at) === 9)) at++;
  return at;
}
