import type { Scan } from '../engine/scan.ts';
import { closingQuote } from './closing-quote.ts';
import { afterQuote } from './key-name.ts';

/** One argument of a call, or one item of a list. */
export interface Argument {
  readonly start: number;
  /** Where the text between its quotes starts and ends, when that is what it is: -1 otherwise. */
  readonly from: number;
  readonly to: number;
}

/** How far the arguments are followed. The last text may reach beyond. */
const REACH = 480;
const MOST = 8;
const DEEPEST = 6;
/** What may stand between the start of an argument and its text: `b'…'`, `[]byte("…")`, `Some("…")`, `password="…"`. */
const TEXT_OF =
  /^\s{0,40}(?:[\w$]{1,24}\s?[=:]\s?)?(?:[bBuUrRN@$]{1,2}|\[\]byte\(|(?:[A-Za-z][\w.:]{0,40}\.)?(?:GetBytes|Some|from|encode|toBytes|SecureString)\(|new (?:String|TextEncoder\(\)\.encode)\()?\\*$/;
const LONGEST_HEAD = 96;

/**
 * The arguments behind the bracket before `open`, up to the one that closes it. Without brackets, as in Ruby, they end
 * with the line.
 */
export function argumentsAt(scan: Scan, open: number, hasBrackets = true): readonly Argument[] {
  const { text } = scan;
  const found: Argument[] = [];
  const limit = Math.min(scan.length, open + REACH);
  let start = open;
  let literal: Pick<Argument, 'from' | 'to'> | undefined;
  let depth = 0;
  const close = (): void => {
    found.push({ start, from: literal?.from ?? -1, to: literal?.to ?? -1 });
    literal = undefined;
  };
  let at = open;
  for (; at < limit && found.length < MOST; at++) {
    const character = text[at]!;
    if (character === '"' || character === "'" || character === '`') {
      let quote = at;
      while (quote > start && text[quote - 1] === '\\') quote--;
      const from = afterQuote(scan, quote);
      const to = closingQuote(scan, from, text.slice(quote, from));
      if (to < 0) break;
      const isText =
        literal === undefined && at - start <= LONGEST_HEAD && TEXT_OF.test(text.slice(start, at));
      if (isText) literal = { from, to };
      // Two texts in one argument: `'a' . $b . 'c'`.
      else if (literal !== undefined) literal = { from: -1, to: -1 };
      at = to + (from - quote) - 1;
    } else if (character === '(' || character === '[' || character === '{') {
      if (++depth > DEEPEST) break;
    } else if (character === ')' || character === ']' || character === '}') {
      if (--depth < 0) break;
    } else if (character === ',' && depth === 0) {
      close();
      start = at + 1;
    } else if (character === '\n' && !hasBrackets) break;
  }
  scan.work += at - open;
  close();
  return found;
}
