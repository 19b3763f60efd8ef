import { BASE62, isIn, VALUE_STOPS, WHITESPACE } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import { bareEnd } from './bare-end.ts';
import type { ValueSyntax } from './value-syntax.ts';

const LONGEST_JUDGED = 64;
/** How far a value goes on behind the first character that may end it. */
const LONGEST_TAIL = 256;
/** What goes on behind a character that may as well end a value, when that is inside of it. */
const SYMBOLS = '!@#$%^*_+~-';
const NEXT_NAME = /[,;&] {0,2}[A-Za-z][\w .-]{0,40}[=:]/y;
/** `;` in front of a command, `,` in front of the next value, `&` of the next parameter: only where they cannot be. */
const INSIDE: Readonly<Record<ValueSyntax, string>> = {
  query: '),;|([',
  option: ')]};,|&"\'([{',
  environment: ')]};,|&"\'([{',
  connection: '',
  pairs: ')];&([{',
  line: ')]};,|&"\'([{',
  property: '',
  code: ')]};',
};
const ENDS_OF_QUERY = '& \t\r\n"\'`<>#\\';
const BRACED = /\{(?:[^{}]|\}\}){0,256}\}/y;
const LINE_REST = /[^\r\n\\"'`]{0,256}/y;

/** Where it ends in what it is written in: each has characters of its own that may stand inside of a value. */
export function valueEnd(scan: Scan, from: number, syntax: ValueSyntax): number {
  switch (syntax) {
    case 'query':
      return queryEnd(scan, from);
    case 'connection':
      return connectionEnd(scan, from);
    case 'property':
      return lineEnd(scan, from);
    default:
      return withTail(scan, from, syntax);
  }
}

/** To the next parameter. What closes around the whole is not part of it: `(…?password=x)`. */
function queryEnd(scan: Scan, from: number): number {
  const { text } = scan;
  const first = scan.runUntil(VALUE_STOPS, from);
  const limit = Math.min(scan.length, first + LONGEST_TAIL);
  let to = first;
  while (to < limit && !ENDS_OF_QUERY.includes(text[to]!)) to++;
  scan.work += to - first;
  while (to > first && ').,;]}|'.includes(text[to - 1]!)) to--;
  return to;
}

/** To the next semicolon: spaces may stand in it, and in braces everything. */
function connectionEnd(scan: Scan, from: number): number {
  const { text } = scan;
  BRACED.lastIndex = from;
  if (BRACED.test(text)) return BRACED.lastIndex;
  const limit = lineEnd(scan, from);
  const semicolon = text.slice(from, limit).indexOf(';');
  return semicolon < 0 ? bareEnd(scan, from) : from + semicolon;
}

function lineEnd(scan: Scan, from: number): number {
  LINE_REST.lastIndex = from;
  LINE_REST.test(scan.text);
  let to = LINE_REST.lastIndex;
  scan.work += to - from;
  while (to > from && isIn(WHITESPACE, scan.code(to - 1))) to--;
  return to;
}

/** A closing bracket, a semicolon or a quote that something of the value follows directly is part of it. */
function withTail(scan: Scan, from: number, syntax: ValueSyntax): number {
  let to = bareEnd(scan, from);
  const limit = Math.min(scan.length, to + LONGEST_TAIL);
  while (to > from && to < limit && goesOn(scan, from, to, syntax)) {
    const next = bareEnd(scan, to + 1);
    scan.work += next - to;
    to = next;
  }
  return to;
}

function goesOn(scan: Scan, from: number, at: number, syntax: ValueSyntax): boolean {
  const { text } = scan;
  const isCode = syntax === 'code';
  const stop = text[at]!;
  const next = text[at + 1];
  if (next === undefined) return false;
  if (!isIn(BASE62, scan.code(at + 1)) && (isCode || !SYMBOLS.includes(next))) return false;
  // `\n` and the like are escapes of the text around.
  if (stop === '\\') return !isCode && !'nrtbfux0'.includes(next) && !isCall(text, from, at);
  if (!INSIDE[syntax].includes(stop)) return false;
  NEXT_NAME.lastIndex = at;
  if (NEXT_NAME.test(text)) return false;
  if (stop === '"' || stop === "'") return isBalanced(text, from, stop);
  // `call(x)`, `list[0]`, `}else`: code.
  return !isCall(text, from, at);
}

/** Whether the value so far is a name, which a bracket behind it makes a call. */
function isCall(text: string, from: number, to: number): boolean {
  return to - from <= LONGEST_JUDGED && /^[A-Za-z_$][A-Za-z_.$]*$/.test(text.slice(from, to))
    ? '([{'.includes(text[to]!) || text[to] === '\\'
    : false;
}

/** Whether every quote before the value on its line has its other half, so that the next one opens nothing and closes nothing. */
function isBalanced(text: string, from: number, quote: string): boolean {
  const head = text.slice(Math.max(0, from - LONGEST_TAIL), from);
  const line = head.slice(Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r')) + 1);
  return line.split(quote).length % 2 === 1;
}
