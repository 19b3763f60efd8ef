import { looksRandom } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import { isNoPassword } from '../keys/no-password.ts';
import { bareEnd } from './bare-end.ts';
import { NAME } from './key-name.ts';
import { isPlaceholder } from './placeholder-value.ts';
import { type Name, SENSITIVE_KEY } from './sensitive-key.ts';

const HEADER = /(?:^|[^a-z])(?:authorization|cookie)$/i;
/** `token }`, `token, …`: a member of a map in code. */
const IN_CODE = /^\w{1,16}\s{0,4}[})\],;]/;
/** `session=…`, and no assignment in code. */
const PAIR = /[^\s=]=(?![=>\s])/;
const DIRECTION = /(?:^|[\r\n])[<>*] ?$/;
const SMALL_E = 101;
const SMALL_N = 110;
const LONGEST_PAIR = 128;
const LEAST_TOKEN = 4;
const LONGEST_SHORT_TOKEN = 15;

/** Whether a line that is called so goes as a whole. */
export function isWholeLine(key: string): boolean {
  return mayBeWholeLine(key) && HEADER.test(key);
}

/** By its last letter: nearly all names end in another one. */
function mayBeWholeLine(key: string): boolean {
  const last = key.charCodeAt(key.length - 1) | 32;
  return last === SMALL_N || last === SMALL_E;
}

/** The rest of an `Authorization` or `Cookie` line. What follows `Bearer` and `Basic` has its own detectors. */
export function findHeader(
  scan: Scan,
  from: number,
  { before, start: nameFrom, end }: Name,
): boolean {
  const { text } = scan;
  // A comparison.
  if (text.startsWith('==', end) || text.startsWith(' ==', end)) return false;
  let lineEnd = Math.min(scan.nextOf('\n', from), scan.nextOf('\r', from));
  lineEnd = Math.min(lineEnd, scan.nextOf('\\', from));
  // `-H 'Cookie: …'`
  if (before === '"' || before === "'") lineEnd = Math.min(lineEnd, scan.nextOf(before, from));
  const scheme = scan.runEnd(NAME, from);
  const start = text[scheme] === ' ' ? scheme + 1 : from;
  const word = text.slice(from, Math.min(scheme, from + 20));
  if (/^(?:bearer|basic)$/i.test(word) && start > from) return findShortToken(scan, start);
  if (/^(?:bearer|basic|aws4-hmac-sha256)$/i.test(word)) return false;
  if (isPlaceholder(text, start, lineEnd) || isPlaceholder(text, from, lineEnd)) return false;
  const looked = text.slice(from, Math.min(lineEnd, from + LONGEST_PAIR));
  const isScheme =
    /^(?:digest|token|apikey|negotiate|hawk|key)$/i.test(word) && !IN_CODE.test(looked);
  // A placeholder is shorter than what it stands for: what is seen now was not part of it.
  if (/\[REDACTED/.test(looked)) return false;
  const isPairs = PAIR.test(looked);
  const isToken =
    start === from &&
    (looksRandom(text, from, lineEnd) ||
      (isLineStart(text, nameFrom) && isShortWord(text, from, lineEnd)));
  return (
    (isScheme || isPairs || isToken) && scan.found(SENSITIVE_KEY, isScheme ? start : from, lineEnd)
  );
}

/** What stands behind `Authorization: Bearer` and is too short for the detector of such tokens. */
function findShortToken(scan: Scan, from: number): boolean {
  const to = bareEnd(scan, from);
  if (to - from < LEAST_TOKEN || to - from > LONGEST_SHORT_TOKEN) return false;
  if (isPlaceholder(scan.text, from, to) || isNoPassword(scan.text, from, to)) return false;
  return scan.found(SENSITIVE_KEY, from, to);
}

/** A line of its own that says nothing else. */
function isShortWord(text: string, from: number, to: number): boolean {
  return (
    to - from >= LEAST_TOKEN &&
    to - from <= LONGEST_PAIR &&
    /^[\w.~+/-]+=*$/.test(text.slice(from, to)) &&
    !isNoPassword(text, from, to)
  );
}

/** Also behind what `curl -v` and the like put in front of a line: the direction. */
function isLineStart(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  if (before === ' ' || before === '>' || before === '<')
    return DIRECTION.test(text.slice(Math.max(0, at - 4), at));
  return before === '' || '\r\n"\''.includes(before);
}
