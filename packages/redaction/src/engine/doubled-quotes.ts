import { BASE62, codesOf, isIn, UNDERSCORE } from './characters.ts';

const APOSTROPHE = 39;
const BACKSLASH = 92;
const COLON = 58;
const LETTER_N = 78;
const QUOTE = 34;
const SPACE = 32;
const FIRST_BEYOND_ASCII = 0x80;
/** In front of a quote that is looked at. */
export const MOST_BACKSLASHES = 7;
/** What may stand in front of a text that starts, and behind one that ends. */
const OPENERS: ReadonlySet<number> = codesOf('{[(,:=; \t\r\n');
const CLOSERS: ReadonlySet<number> = codesOf('}]),:=;/>. \t\r\n');
/** What stands behind two quotes that are an empty text in code. */
const BEHIND_EMPTY: ReadonlySet<number> = codesOf('}]),:=;/>. \t\r\n+?&|<!*');

/** Quotes with nothing between them, each with the same backslashes in front. */
export interface QuoteRun {
  /** Characters of one of them, the quote included. */
  readonly width: number;
  readonly quotes: number;
  /** Those that are part of a text: two stand for one. The last one is left alone where there is an odd number. */
  readonly pairs: number;
  /** Whether the first one is left alone, and not the last. */
  readonly startsAlone: boolean;
}

/**
 * Follows a text in which quotes are doubled, as in a cell of CSV or a text of SQL: which runs of quotes are such ones, and
 * which are an empty text. Asked for rising places.
 */
export class DoubledQuotes {
  /** The quote of the text that has been opened, or 0. */
  #open = 0;
  /** Behind the colon of the last name, or -1. */
  #valueFrom = -1;

  /** The run of doubled quotes that starts at `at`, or `undefined`. */
  runAt(text: string, at: number): QuoteRun | undefined {
    // Only with all of its backslashes: each nesting has its own number.
    if (text.charCodeAt(at) === BACKSLASH && text.charCodeAt(at - 1) === BACKSLASH)
      return undefined;
    let first = at;
    while (first - at < MOST_BACKSLASHES && text.charCodeAt(first) === BACKSLASH) first++;
    const quote = text.charCodeAt(first);
    if (quote !== QUOTE && quote !== APOSTROPHE) return undefined;
    const unit = text.slice(at, first + 1);
    let end = first + 1;
    while (text.startsWith(unit, end)) end += unit.length;
    const quotes = (end - at) / unit.length;
    if (quotes === 1) return undefined;
    const run = { width: unit.length, quotes, pairs: quotes >> 1, startsAlone: false };
    if (quotes === 2) return this.#isPair(text, at, end, quote) ? run : undefined;
    if (quotes !== 3) return run;
    // The cell starts or ends together with a text in it.
    const startsAlone = this.#open !== quote;
    this.#open = startsAlone ? quote : 0;
    return { ...run, startsAlone };
  }

  #isPair(text: string, from: number, to: number, quote: number): boolean {
    const before = text.charCodeAt(from - 1);
    // `\""`: a quote inside of a text that is one already.
    if (before === BACKSLASH) return true;
    const behind = text.charCodeAt(to);
    const isEnd = to === text.length;
    const isOpen = this.#open === quote;
    if (!isOpen && !isEnd && this.#opens(text, from, before, behind)) {
      this.#open = quote;
      return true;
    }
    // Also where its start was not seen.
    if (!isOpen && !(isWord(before) && (isEnd || CLOSERS.has(behind)))) return false;
    this.#open = 0;
    this.#valueFrom = behind === COLON ? to + 1 : -1;
    return true;
  }

  #opens(text: string, from: number, before: number, behind: number): boolean {
    const valueFrom = this.#valueFrom;
    this.#valueFrom = -1;
    const gap = from - valueFrom;
    if (valueFrom >= 0 && (gap === 0 || (gap === 1 && text.charCodeAt(valueFrom) === SPACE)))
      return true;
    // `N''…''` of SQL.
    const first = before === LETTER_N ? text.charCodeAt(from - 2) : before;
    return (from === 0 || OPENERS.has(first)) && !BEHIND_EMPTY.has(behind);
  }
}

function isWord(code: number): boolean {
  return isIn(BASE62 | UNDERSCORE, code) || code >= FIRST_BEYOND_ASCII;
}
