import type { Scan } from '../engine/scan.ts';
import { placeIn } from './behind-pattern.ts';
import { nameStart } from './key-name.ts';

/** `password....: word` */
export const LEADER_DOTS: RegExp = /\.{2,64}[ \t]{0,4}:?[ \t]{1,4}(?=[^\s.])/y;
const LINE_START = /(?:^|[\r\n]|\\n)[ \t]{0,32}[A-Za-z -]{0,24}$/;
/** One word with a digit, and the end of the line: a head of a column has none. */
const WORD = /(?:[ ]{2,64}|\t{1,8} {0,8})([^\s"'`]{4,128})[ \t]{0,8}(?=[\r\n]|\\n|$)/dy;
const LEAST_GAP = 2;

/**
 * Where the value stands that only a gap ties to its name, in a layout of two columns: `Password    word1`, alone on its
 * line. `stop` is where the name ends and `at` what is behind the first spaces; -1 when there is none.
 */
export function columnStart(scan: Scan, stop: number, at: number, nameAnchor: number): number {
  if (at - stop < LEAST_GAP && scan.text[stop] !== '\t') return -1;
  const place = placeIn(WORD, scan, stop);
  scan.work += 1;
  if (place === undefined || !/\d/.test(scan.text.slice(...place))) return -1;
  const start = nameStart(scan, nameAnchor);
  scan.work += 64;
  return LINE_START.test(scan.text.slice(Math.max(0, start - 64), start)) ? place[0] : -1;
}
