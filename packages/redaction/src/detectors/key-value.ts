import {
  BASE62,
  DOT,
  HYPHEN,
  isIn,
  LETTERS,
  LOWER,
  UNDERSCORE,
  UPPER,
  VALUE_STOPS,
} from '../engine/characters.ts';
import { looksRandom } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import type { KeyDecision, KeyRules } from '../keys/key-rules.ts';
import type { Detector } from './detector.ts';
import { closingQuote } from './closing-quote.ts';
import { isPlaceholder } from './placeholder-value.ts';

/** Names the finding wherever the name of a key was the reason. */
export const SENSITIVE_KEY = 'sensitive_key';

const NAME = BASE62 | HYPHEN | UNDERSCORE;
const LONGEST_HEAD = 64;
const LONGEST_TAIL = 24;
const BACKSLASH = 92;
const MOST_SPACES = 4;
const LEAST_BARE = 4;
const LEAST_WORD = 8;
const EMPTY_VALUES =
  /^(?:true|false|null|none|nil|undefined|string|str|any|unknown|number|boolean|required|optional)$/i;

/**
 * `password=…`, `"api_key": "…"`, `--token …`, `<secret>…`: the value behind a name that asks for redaction.
 * One detector for each anchor, with what is known about the letters behind it.
 */
export function keyValueDetectors(rules: KeyRules): Detector[] {
  return rules.anchors.map(({ text, continuations }) => ({
    kind: SENSITIVE_KEY,
    preset: 'secrets',
    anchors: [text],
    insideWord: true,
    find(scan, start, end) {
      // `tokens`, `authors`, `secretary`: most names are another word, and this is all they cost.
      if (goesOn(scan, end) && !continuations.includes(scan.text[end]!.toLowerCase())) return false;
      const keyEnd = nameEnd(scan, end);
      const quoteEnd = afterQuote(scan, keyEnd);
      const value = valueStart(scan, quoteEnd, start);
      if (value < 0) return false;
      const keyStart = nameStart(scan, start);
      const key = scan.text.slice(keyStart, keyEnd);
      const decision = rules.decide(key);
      // A rule with a path may still hold in the maps around.
      if (decision !== 'none' || rules.usesPaths) scan.sawSensitiveKey = true;
      if (decision === 'none' || decision === 'allow') return false;
      const quote = scan.text.slice(keyEnd, quoteEnd);
      return findValue(scan, value, {
        key,
        decision,
        quote,
        before: scan.text.charAt(keyStart - 1),
      });
    },
  }));
}

/** Whether the word goes on at `index`: a letter in the case of the one before it. */
function goesOn(scan: Scan, index: number): boolean {
  const code = scan.code(index);
  return isIn(LOWER, code) || (isIn(UPPER, code) && scan.is(UPPER, index - 1));
}

interface Name {
  readonly key: string;
  /** The character before it. */
  readonly before: string;
  readonly decision: KeyDecision;
  /** What closed the name: `"`, `\"`, or nothing. */
  readonly quote: string;
}

function nameEnd(scan: Scan, from: number): number {
  let end = from;
  while (end < from + LONGEST_TAIL && isIn(NAME, scan.code(end))) end++;
  scan.work += end - from;
  return end;
}

function nameStart(scan: Scan, start: number): number {
  const from = scan.runStart(NAME | DOT, start, LONGEST_HEAD);
  // In `\npassword` the letter belongs to the line break.
  const isEscape = scan.text[from - 1] === '\\' && 'bfnrtv'.includes(scan.text.charAt(from));
  return isEscape && from < start ? from + 1 : from;
}

/** Behind the quote at `index` and the backslashes before it, or `index` when there is none. */
function afterQuote(scan: Scan, index: number): number {
  let at = index;
  while (scan.code(at) === BACKSLASH) at++;
  scan.work += at - index;
  const code = scan.code(at);
  return code === 34 || code === 39 || code === 96 ? at + 1 : index;
}

/** Where the value starts that belongs to a name ending at `index`, or -1 when nothing assigns one. */
function valueStart(scan: Scan, index: number, nameAnchor: number): number {
  const { text } = scan;
  let at = afterSpaces(scan, index);
  const separator = text[at];
  if (separator === '=' || separator === ':') {
    at++;
    // `:=`, `==`, `=>`; but `::` joins names.
    if (text[at] === '=' || (separator === '=' && text[at] === '>')) at++;
    else if (text[at] === ':') return -1;
    return afterSpaces(scan, at);
  }
  if (separator === '>' && at === index) return isTag(scan, nameAnchor) ? at + 1 : -1;
  if (at > index && isIn(BASE62, scan.code(at))) return isFlag(scan, nameAnchor) ? at : -1;
  return -1;
}

function afterSpaces(scan: Scan, from: number): number {
  let at = from;
  while (at < from + MOST_SPACES && (scan.code(at) === 32 || scan.code(at) === 9)) at++;
  return at;
}

function isTag(scan: Scan, anchor: number): boolean {
  return scan.text[nameStart(scan, anchor) - 1] === '<';
}

function isFlag(scan: Scan, anchor: number): boolean {
  return scan.text.startsWith('--', nameStart(scan, anchor));
}

function findValue(scan: Scan, start: number, name: Name): boolean {
  const { text } = scan;
  const from = afterQuote(scan, start);
  if (from > start) {
    const to = closingQuote(scan, from, text.slice(start, from));
    if (to >= 0) return isSecret(scan, from, to, name) && scan.found(SENSITIVE_KEY, from, to);
    return findBare(scan, from, { ...name, quote: '' });
  }
  if (/(?:^|[^a-z])(?:authorization|cookie)$/i.test(name.key)) return findHeader(scan, start, name);
  if (text[start] === '{' || text[start] === '[') return false;
  return findBare(scan, start, name);
}

/** A value with quotes around it: any text may be a password. */
function isSecret(scan: Scan, from: number, to: number, name: Name): boolean {
  if (from >= to || isPlaceholder(scan.text, from, to)) return false;
  if (name.decision === 'block') return true;
  if (name.decision === 'likely') return looksRandom(scan.text, from, to);
  return !EMPTY_VALUES.test(scan.text.slice(from, Math.min(to, from + 12)));
}

/** A value without quotes: in code it may as well be a variable, a type or a call. */
function findBare(scan: Scan, from: number, name: Name): boolean {
  const to = scan.runUntil(VALUE_STOPS, from);
  const isWanted =
    name.quote === '' ? isBareSecret(scan, from, to, name) : isSecret(scan, from, to, name);
  if (!isWanted) return false;
  // A bare value behind a quoted name is a number in JSON: its placeholder needs the quotes.
  return name.quote === ''
    ? scan.found(SENSITIVE_KEY, from, to)
    : scan.found(SENSITIVE_KEY, from, to, name.quote);
}

function isBareSecret(scan: Scan, from: number, to: number, name: Name): boolean {
  const { text } = scan;
  // A name that the user blocks, or the content of an element: nothing suggests code.
  if (name.decision === 'block' || text[from - 1] === '>') return isSecret(scan, from, to, name);
  if (to - from < LEAST_BARE || isPlaceholder(text, from, to)) return false;
  if (name.decision === 'likely') return looksRandom(text, from, to);
  const wordEnd = scan.runEnd(LETTERS | DOT | UNDERSCORE, from);
  if (text.startsWith('://', wordEnd)) return false;
  if (wordEnd < to) return text[wordEnd] !== '(';
  // Only letters: a word behind `=` without spaces, as in a file of settings, unless code goes on behind it.
  const next = text[to];
  return (
    to - from >= LEAST_WORD &&
    text[from - 1] === '=' &&
    (next === undefined || next === '&' || next === '\\' || next.trim() === '') &&
    !/secret|pass|token|key/i.test(text.slice(from, Math.min(to, from + LONGEST_HEAD)))
  );
}

/** The rest of an `Authorization` or `Cookie` line. What follows `Bearer` and `Basic` has its own detectors. */
function findHeader(scan: Scan, from: number, { before }: Name): boolean {
  const { text } = scan;
  let lineEnd = Math.min(scan.nextOf('\n', from), scan.nextOf('\r', from));
  lineEnd = Math.min(lineEnd, scan.nextOf('\\', from));
  // `-H 'Cookie: …'`
  if (before === '"' || before === "'") lineEnd = Math.min(lineEnd, scan.nextOf(before, from));
  const scheme = scan.runEnd(NAME, from);
  const start = text[scheme] === ' ' ? scheme + 1 : from;
  const word = text.slice(from, Math.min(scheme, from + 20));
  if (/^(?:bearer|basic|aws4-hmac-sha256)$/i.test(word)) return false;
  if (isPlaceholder(text, start, lineEnd) || isPlaceholder(text, from, lineEnd)) return false;
  const isScheme = /^(?:digest|token|apikey|negotiate|hawk|key)$/i.test(word);
  const isPairs = text.slice(from, Math.min(lineEnd, from + 128)).includes('=');
  const isToken = start === from && looksRandom(text, from, lineEnd);
  return (
    (isScheme || isPairs || isToken) && scan.found(SENSITIVE_KEY, isScheme ? start : from, lineEnd)
  );
}
