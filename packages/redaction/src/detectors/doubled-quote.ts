import { BASE62, UNDERSCORE } from '../engine/characters.ts';
import type { AnchoredMatcher } from './detector.ts';

const COLON = 58;
const OPENING_BRACE = 123;
const MOST_QUOTES = 8;
/** Behind a name; a backslash in front of each as in JSON. */
const BEHIND = ['"":', '"" :', "'':", "'' :", String.raw`\"\":`, String.raw`\"\" :`];
/** In front of a value; `N` is that of SQL. */
const BEFORE = [
  ...['=', ' ', '('].flatMap((mark) => [`${mark}""`, `${mark}''`]),
  ...['=', ' ', '('].map((mark) => `${mark}N''`),
];

/**
 * Finds nothing itself: notes that quotes are doubled, behind a name (`""name"":`) or in front of a value (`name=""value""`),
 * as those of JSON in a cell of CSV, of XML in a text of SQL. Two quotes that are an empty text have no word there.
 */
export const doubledQuote: AnchoredMatcher = {
  anchors: [...BEHIND, ...BEFORE],
  insideWord: true,
  find(scan, start, end) {
    const isValue = scan.code(end - 1) !== COLON;
    const step = isValue ? 1 : -1;
    let at = isValue ? end : start - 1;
    // In a cell of a cell there are four of them.
    const quote = scan.code(isValue ? end - 1 : start);
    const last = at + step * MOST_QUOTES;
    while (scan.code(at) === quote && at !== last) at += step;
    if (scan.is(BASE62 | UNDERSCORE, at) || (isValue && scan.code(at) === OPENING_BRACE))
      scan.sawDoubledQuotes = true;
    return false;
  },
};
