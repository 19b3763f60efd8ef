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
import { isLikelySecret, isNoWord, looksRandom } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import { isPersonal, type KeyDecision, type KeyRules } from '../keys/key-rules.ts';
import type { Detector } from './detector.ts';
import { closingQuote } from './closing-quote.ts';
import { findLabelled } from './labelled-value.ts';
import { isPlaceholder } from './placeholder-value.ts';

/** Names the finding wherever the name of a key was the reason. */
export const SENSITIVE_KEY = 'sensitive_key';

const NAME = BASE62 | HYPHEN | UNDERSCORE;
const LONGEST_HEAD = 64;
const LONGEST_TAIL = 24;
const BACKSLASH = 92;
const MOST_SPACES = 4;
const LEAST_BARE = 4;
const LONGEST_ELEMENT = 4096;
const LEAST_WORD = 8;
const LEAST_LETTERS = 10;
const LEAST_SPOKEN = 6;
const EMPTY_VALUES =
  /^(?:true|false|null|none|nil|undefined|string|str|any|unknown|number|boolean|required|optional)$/i;

/**
 * `password=…`, `"api_key": "…"`, `--token …`, `<secret>…`: the value behind a name that asks for redaction.
 * One detector for each anchor, with what is known about the letters behind it.
 */
export function keyValueDetectors(rules: KeyRules): Detector[] {
  return rules.anchors.map(({ text, continuations }) =>
    keyValueDetector(text, continuations, rules),
  );
}

function keyValueDetector(text: string, continuations: string, rules: KeyRules): Detector {
  const mayFollow = new Uint8Array(128);
  for (const letter of continuations) mayFollow[letter.charCodeAt(0) & 127] = 1;
  return {
    kind: SENSITIVE_KEY,
    preset: 'secrets',
    anchors: [text],
    insideWord: true,
    find(scan, start, end) {
      // `tokens`, `authors`, `secretary`: most names are another word, and this is all they cost.
      const next = scan.text.charCodeAt(end) | 32;
      if (next >= 97 && next <= 122 && mayFollow[next] === 0 && goesOn(scan, end)) return false;
      const keyEnd = nameEnd(scan, end);
      const quoteEnd = afterQuote(scan, keyEnd);
      const { at: value, isProse } = valueStart(scan, keyEnd, quoteEnd, start);
      if (value < 0) return false;
      const keyStart = nameStart(scan, start);
      const key = scan.text.slice(keyStart, keyEnd);
      const decision = rules.decide(key);
      // A rule with a path may still hold in the maps around.
      if (decision !== 'none' || rules.usesPaths) scan.sawSensitiveKey = true;
      if (decision === 'none' || decision === 'allow') return false;
      const quote = scan.text.slice(keyEnd, quoteEnd);
      if (isPersonal(decision)) return findLabelled(scan, value, afterQuote(scan, value), decision);
      const before = scan.text.charAt(keyStart - 1);
      const name = { key, decision, quote: isProse ? '' : quote, before };
      return isProse ? findInProse(scan, value, name) : findValue(scan, value, name);
    },
  };
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
  return scan.runStart(NAME | DOT, start, LONGEST_HEAD);
}

/** Behind the quote at `index` and the backslashes before it, or `index` when there is none. */
function afterQuote(scan: Scan, index: number): number {
  let at = index;
  while (scan.code(at) === BACKSLASH) at++;
  scan.work += at - index;
  const code = scan.code(at);
  return code === 34 || code === 39 || code === 96 ? at + 1 : index;
}

interface ValueStart {
  /** -1 when nothing assigns a value. */
  readonly at: number;
  /** Behind "is" and not behind an operator. */
  readonly isProse: boolean;
}

const NO_VALUE: ValueStart = { at: -1, isProse: false };

/** The rarer ways to give a name its value, tried at a name only. */
const MARKDOWN_OR_INDEX = /[)*\]_`]{1,3}/y;
const OPERATOR = /(?:\?\?|\|\||&&|[.+?]|:{1,2}:)=/y;
const TYPED =
  /(?::[ \t]{0,4}|[ \t]{1,4})(?:&?str|string|String|char \*|const char ?\*)(?: \| None|\?)?[ \t]{0,4}=(?!=)/y;
const VALUE_LINE = /[ \t]{0,4}\r?\n[ \t]{0,32}value:/y;
const ARGUMENT = /,[ \t]{0,4}(?=["'`])/y;
const PROSE = /[ \t]{1,4}(?:is|was|to|set to|is set to|would be|equals)[ \t]{0,2}:?[ \t]{1,4}/y;
const SPACES_AND_LINES = /\s{0,40}/y;

function behind(pattern: RegExp, scan: Scan, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(scan.text) ? pattern.lastIndex : -1;
}

/** Where the value starts that belongs to a name ending at `nameStop`, with its quote at `index`. */
function valueStart(scan: Scan, nameStop: number, index: number, nameAnchor: number): ValueStart {
  const { text } = scan;
  const code = text.charCodeAt(index);
  // Nearly all names that are no assignment: a letter, a full stop or a comma goes on.
  let stop = index;
  // Only behind a quote: a bracket may be that of a placeholder.
  const closes = index > nameStop && (code === 93 || code === 41);
  if (closes || code === 42 || code === 95 || code === 96) {
    const after = behind(MARKDOWN_OR_INDEX, scan, index);
    if (after >= 0) stop = after;
  }
  let at = afterSpaces(scan, stop);
  const separator = text[at];
  if (separator === '=' || separator === ':') {
    const typed = behind(TYPED, scan, stop);
    if (typed >= 0) return { at: afterSpaces(scan, typed), isProse: false };
    const operator = behind(OPERATOR, scan, at);
    if (operator >= 0) return { at: afterSpaces(scan, operator), isProse: false };
    at++;
    // `:=`, `==`, `=>`; but `::` joins names.
    if (text[at] === '=' || (separator === '=' && text[at] === '>')) at++;
    else if (text[at] === ':') return NO_VALUE;
    // `**name:** value`
    if (text[at] === '*' && text[at + 1] === '*') at += 2;
    return { at: afterSpaces(scan, at), isProse: false };
  }
  if (separator === '>' && at === nameStop) {
    if (!isTag(scan, nameAnchor)) return NO_VALUE;
    const content = behind(SPACES_AND_LINES, scan, at + 1);
    // `<YOUR_KEY>` at the end of a line is a placeholder.
    const close = scan.nextOf('</', content);
    const isElement =
      content === at + 1 || (close < scan.length && close - content < LONGEST_ELEMENT);
    return isElement ? { at: content, isProse: false } : NO_VALUE;
  }
  if (separator === ',' && index > nameStop) return asArgument(scan, at, nameAnchor);
  return unusualStart(scan, index, stop, at, nameAnchor);
}

/** `setenv("NAME", "value")`: the second argument of a call whose first one is the name. */
function asArgument(scan: Scan, comma: number, nameAnchor: number): ValueStart {
  const start = nameStart(scan, nameAnchor);
  if (scan.text[start - 2] !== '(') return NO_VALUE;
  return { at: behind(ARGUMENT, scan, comma), isProse: false };
}

function unusualStart(
  scan: Scan,
  index: number,
  stop: number,
  at: number,
  nameAnchor: number,
): ValueStart {
  if (at > index && isIn(BASE62, scan.code(at)) && isFlag(scan, nameAnchor))
    return { at, isProse: false };
  switch (scan.text[at]) {
    case '?':
    case '|':
    case '.':
    case '+':
    case '&': {
      const operator = behind(OPERATOR, scan, at);
      return { at: operator < 0 ? -1 : afterSpaces(scan, operator), isProse: false };
    }
    case '\n':
    case '\r': {
      const line = behind(VALUE_LINE, scan, stop);
      return { at: line < 0 ? -1 : afterSpaces(scan, line), isProse: false };
    }
    default: {
      if (at === stop) return NO_VALUE;
      const typed = behind(TYPED, scan, stop);
      if (typed >= 0) return { at: afterSpaces(scan, typed), isProse: false };
      return { at: behind(PROSE, scan, stop), isProse: true };
    }
  }
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

/** "the password is …": in a sentence anything may follow, so it must look like none of its words. */
function findInProse(scan: Scan, start: number, name: Name): boolean {
  const { text } = scan;
  const from = afterQuote(scan, start);
  let to = scan.runUntil(VALUE_STOPS, from);
  // The full stop of the sentence.
  while (to > from && '.!?:'.includes(text[to - 1]!)) to--;
  if (to - from < LEAST_SPOKEN || isPlaceholder(text, from, to)) return false;
  if (name.decision === 'likely')
    return isLikelySecret(text, from, to) && scan.found(SENSITIVE_KEY, from, to);
  const value = text.slice(from, Math.min(to, from + LONGEST_HEAD));
  const isWord = !/\d/.test(value) || !/\p{L}/u.test(value);
  return !isWord && scan.found(SENSITIVE_KEY, from, to);
}

/** A value with quotes around it: any text may be a password. */
function isSecret(scan: Scan, from: number, to: number, name: Name): boolean {
  if (from >= to || isPlaceholder(scan.text, from, to)) return false;
  if (name.decision === 'block') return true;
  if (name.decision === 'likely') return isLikelySecret(scan.text, from, to);
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
  if (name.decision === 'likely') return isLikelySecret(text, from, to);
  const wordEnd = scan.runEnd(LETTERS | DOT | UNDERSCORE, from);
  if (text.startsWith('://', wordEnd)) return false;
  if (wordEnd < to) return text[wordEnd] !== '(';
  if (wordEnd === to && to - from >= LEAST_LETTERS && isNoWord(text, from, to)) return true;
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
