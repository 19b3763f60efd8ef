import { DIGITS, isIn, VALUE_STOPS, WHITESPACE } from '../engine/characters.ts';
import { isLikelySecret } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import { type Inner, innerBelow, isInnerNumber, isInnerSecret } from '../keys/inner-values.ts';
import { isPersonal, type KeyRules } from '../keys/key-rules.ts';
import { closingQuote } from './closing-quote.ts';
import { afterQuote, afterSpaces } from './key-name.ts';
import { SENSITIVE_KEY } from './sensitive-key.ts';

/** How far behind the start or the last finding a structure is followed: as far as a stream can tell. */
const REACH = 256;
/** Longest structure that goes as a whole. */
const LONGEST_WHOLE = 400;
const DEEPEST = 16;
const LONGEST_NAME = 64;
/** `map[` and `[]string{`, as Go prints them, and the names of classes before a bracket. */
const OPENING =
  /(?:map|dict|Map|Object|Array|\[\]\w{1,16}|\[Object: null prototype\])? ?(?:\(\d{1,4}\) )?[[{(]/y;
const PLACEHOLDER = '[REDACTED';
const NUMBER = /^-?\d[\d.]*$/;
const BRACKETS = '[{(';
const CLOSING = ']})';
const COLON = 58;
const EQUALS = 61;

/** One map or list that is open. */
interface Level {
  readonly inner: Inner | undefined;
  readonly isMap: boolean;
  /** The name of the member at hand, or that of the list. */
  key: string;
  keyQuote: string;
}

/** Where the map or list starts that is the value of a name ending before `at`, or -1. */
export function structureStart(scan: Scan, at: number): number {
  let index = at;
  const code = scan.code(index);
  if (code !== COLON && code !== EQUALS) {
    if (code !== 32) return -1;
    index = afterSpaces(scan, index);
    if (scan.code(index) !== COLON && scan.code(index) !== EQUALS) return -1;
  }
  index++;
  // `=>`
  if (scan.text[index] === '>') index++;
  index = afterSpaces(scan, index);
  const start = scan.code(index);
  // A bracket, or the first letter of a word before one.
  if (start !== 123 && start !== 91 && !'mdMOA'.includes(scan.text.charAt(index) || ' ')) return -1;
  OPENING.lastIndex = index;
  if (!OPENING.test(scan.text) || scan.text.startsWith(PLACEHOLDER, index)) return -1;
  return OPENING.lastIndex - 1;
}

/**
 * What goes in the map or the list that opens at `start`, because of its name: `"password": {"current": "…"}`,
 * `cookies: { sid: '…' }`, `tokens:map[a:…]`. Each value is judged by the names around it and itself alone, so that the
 * structure need not end where the text does.
 */
export function findInside(scan: Scan, start: number, inner: Inner, rules: KeyRules): void {
  // The walk from the name around has seen it.
  if (start < scan.innerEnd) return;
  const { text } = scan;
  const levels: Level[] = [level(text[start]!, start, text, inner, '', '')];
  let last = start;
  let at = start + 1;
  const judge = (from: number, to: number, isQuoted: boolean): void => {
    const { inner: around, key, keyQuote } = levels.at(-1)!;
    if (around === undefined || !isWanted(around, key, text, from, to, isQuoted)) return;
    const kind = isPersonal(around.decision) ? around.decision : SENSITIVE_KEY;
    if (isQuoted || keyQuote === '') scan.alsoFound(kind, from, to);
    else scan.alsoFound(kind, from, to, keyQuote);
    last = to;
  };
  while (at < scan.length && at - last < REACH) {
    const code = text.charCodeAt(at);
    const character = text[at]!;
    const top = levels.at(-1)!;
    if (isIn(WHITESPACE, code) || character === ',') {
      at++;
    } else if (BRACKETS.includes(character)) {
      if (levels.length >= DEEPEST) break;
      const own = top.key === '' ? undefined : rules.inside(top.key);
      const below = own ?? (top.inner && innerBelow(top.inner, top.key));
      levels.push(level(character, at, text, below, top.isMap ? '' : top.key, top.keyQuote));
      at++;
    } else if (CLOSING.includes(character)) {
      levels.pop();
      at++;
      if (levels.length === 0) break;
    } else {
      const from = afterQuote(scan, at);
      const isQuoted = from > at;
      const quote = text.slice(at, from);
      let to = isQuoted ? closingQuote(scan, from, quote) : bareEnd(scan, at);
      const isOpen = to < 0;
      if (isOpen) to = Math.min(scan.runUntil(VALUE_STOPS, from), from + REACH);
      const end = isQuoted && !isOpen ? to + quote.length : to;
      const colon = top.isMap && to - from <= LONGEST_NAME ? separatorEnd(scan, end) : -1;
      if (colon >= 0) {
        top.key = text.slice(from, to);
        top.keyQuote = quote;
        at = colon;
      } else {
        judge(from, to, isQuoted);
        at = Math.max(end, at + 1);
      }
    }
  }
  scan.work += at - start;
  scan.innerEnd = Math.max(start + 1, at);
}

function level(
  bracket: string,
  at: number,
  text: string,
  inner: Inner | undefined,
  key: string,
  keyQuote: string,
): Level {
  return { inner, isMap: bracket === '{' || text.startsWith('map', at - 3), key, keyQuote };
}

function isWanted(
  inner: Inner,
  key: string,
  text: string,
  from: number,
  to: number,
  isQuoted: boolean,
): boolean {
  const value = text.slice(from, to);
  if (isQuoted || inner.decision === 'block') return isInnerSecret(inner, key, value);
  if (NUMBER.test(value)) return isInnerNumber(inner, key, value);
  // A variable as likely, where nothing is quoted.
  return text[to] !== '(' && isLikelySecret(text, from, to) && isInnerSecret(inner, key, value);
}

/** Where a word, a number or a name without quotes ends. */
function bareEnd(scan: Scan, from: number): number {
  const stop = Math.min(scan.runUntil(VALUE_STOPS, from), from + REACH);
  for (let at = from; at < stop; at++) {
    const code = scan.code(at);
    if ((code === COLON || code === EQUALS) && !isIn(DIGITS, scan.code(at + 1))) return at;
  }
  return stop;
}

/** Behind the separator of a name and its value, or -1. */
function separatorEnd(scan: Scan, at: number): number {
  const index = afterSpaces(scan, at);
  const code = scan.code(index);
  if (code === EQUALS && scan.text[index + 1] === '>') return index + 2;
  return code === COLON || code === EQUALS ? index + 1 : -1;
}

/**
 * What goes of a map that the user blocks: all of it, where it ends soon, and otherwise each value in it. Returns whether
 * it went as a whole.
 */
export function findBlocked(scan: Scan, start: number, quote: string, rules: KeyRules): boolean {
  const to = structureEnd(scan, start);
  if (to >= 0) return scan.found(SENSITIVE_KEY, start, to, quote);
  findInside(scan, start, { decision: 'block', holdsAnyName: true }, rules);
  return false;
}

/** Behind the bracket that closes the one at `start`, or -1 where none does soon. */
function structureEnd(scan: Scan, start: number): number {
  const { text } = scan;
  const limit = Math.min(scan.length, start + LONGEST_WHOLE);
  scan.work += limit - start;
  let depth = 0;
  for (let at = start; at < limit; at++) {
    const character = text[at]!;
    if (BRACKETS.includes(character)) depth++;
    else if (CLOSING.includes(character)) {
      if (--depth === 0) return at + 1;
    } else {
      const from = afterQuote(scan, at);
      if (from === at) continue;
      const quote = text.slice(at, from);
      const to = closingQuote(scan, from, quote);
      if (to < 0) return -1;
      at = to + quote.length - 1;
    }
  }
  return -1;
}
