import { LETTERS, VALUE_STOPS } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import { bareEnd } from './bare-end.ts';
import { afterSpaces } from './key-name.ts';

const LONGEST = 512;
/** Names that are blocked, of values without spaces. */
const ONE_WORD = /(?:^|[\W_])(?:id|email|(?:client|source)[\W_]address)$/i;
/** What starts the next one: `age=`, `age: `, `--age`. */
const NEXT_FIELD = /--|[\w.-]{1,64}(?:=|:(?:\s|$))/y;
const SENTENCE_END = /[.!?](?:\s|$)/;
/** A list behind a name, and a value in the line below it. */
const LIST = /\[[^[\]\n]{1,512}\]/y;
const BELOW = /[ \t]{0,4}\r?\n[ \t]{1,32}(?:- )?(?=\S)/y;

/**
 * Where the value ends that stands behind a name which the user blocks: with the line, at a separator or a quote, or where
 * the next field starts. Names of people and notes have more than one word.
 */
export function blockedFieldEnd(scan: Scan, from: number, key: string = ''): number {
  const { text } = scan;
  if (ONE_WORD.test(key)) return bareEnd(scan, from);
  let at = wordEnd(scan, from);
  while (at - from < LONGEST && (text[at] === ' ' || text[at] === '\t')) {
    const next = afterSpaces(scan, at);
    NEXT_FIELD.lastIndex = next;
    if (NEXT_FIELD.test(text)) break;
    const end = wordEnd(scan, next);
    if (end === next) break;
    at = end;
  }
  return at;
}

/** The same in a sentence, which ends before its full stop. */
export function blockedSaidEnd(scan: Scan, from: number): number {
  const end = blockedFieldEnd(scan, from);
  const stop = scan.text.slice(from, end).search(SENTENCE_END);
  const to = stop < 0 ? end : from + stop;
  return scan.text[to - 1] === '.' ? to - 1 : to;
}

/** A value that does not stand directly behind the name: a list, or the line below. */
export function blockedElsewhere(scan: Scan, from: number): readonly [number, number] | undefined {
  LIST.lastIndex = from;
  if (LIST.test(scan.text)) return [from + 1, LIST.lastIndex - 1];
  BELOW.lastIndex = from;
  if (!BELOW.test(scan.text)) return undefined;
  const start = BELOW.lastIndex;
  const end = blockedFieldEnd(scan, start);
  return end > start ? [start, end] : undefined;
}

/** With an apostrophe inside, and brackets behind it. */
function wordEnd(scan: Scan, from: number): number {
  const { text } = scan;
  let at = from;
  if (text[from] === '(') {
    const close = text.slice(from, from + LONGEST).search(/[)\n]/);
    return close > 0 && text[from + close] === ')' ? from + close + 1 : from;
  }
  for (;;) {
    at = scan.runUntil(VALUE_STOPS, at);
    const isInWord = text[at] === "'" && isLetter(scan, at - 1) && isLetter(scan, at + 1);
    if (!isInWord || at - from > LONGEST) return at;
    at++;
  }
}

function isLetter(scan: Scan, at: number): boolean {
  return scan.is(LETTERS, at) || scan.code(at) >= 0xc0;
}
