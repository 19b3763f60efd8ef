import { isIn, WHITESPACE } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';

/** Behind the white space at `from`: real line breaks, and those that are escaped, once or in nested texts. */
export function afterLineBreak(scan: Scan, from: number): number {
  const { text } = scan;
  let at = from;
  for (;;) {
    if (isIn(WHITESPACE, scan.code(at))) {
      at++;
      continue;
    }
    let letter = at;
    while (text[letter] === '\\') letter++;
    if (letter === at || (text[letter] !== 'n' && text[letter] !== 'r')) {
      scan.work += letter - from;
      return at;
    }
    at = letter + 1;
  }
}
