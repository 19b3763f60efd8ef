import type { Scan } from '../engine/scan.ts';
import type { KeyDecision } from '../keys/key-rules.ts';
import { judgeColumn } from './column-value.ts';

/** How far behind its place in a statement the value of a parameter is looked for: as far as a stream can tell. */
const REACH = 480;
/** How far before it the statement may start. */
const REACH_BEFORE = 512;
const PLACE = /(?:\$(\d{1,3})|@p?(\d{1,3})|:(\d{1,3})|\?|%s)(?![\w(])/y;
/** A parameter, or the start of a statement. */
const MARK =
  /\?|%s|\b(?:insert into|update|select|delete from|merge|replace into|call|exec|alter|create)\s/gi;
/** What logs put between a statement and the values of its parameters. */
const LIST =
  /(?:\b(?:parameters|params?|bind(?:s|ings|ing)?(?: values| parameters)?|args|arguments|values|with)\\{0,3}["']?\s{0,2}[:=]?\s{0,4}|--\s{0,2}|\bgenerated in [\d.]{1,12}s\] |\bcached since [\d.]{1,12}s ago\] |;\s{1,2}(?=["']))(?=[[({"'])/gi;
const OPENING = /[[({]\s{0,4}/y;
const ITEM =
  /\s{0,8}(?:[bNEu]?'((?:[^'\\\n]|''|\\.){0,256})'|\\{0,3}"((?:[^"\\\n]|\\[^"]){0,256})\\{0,3}"|[^,()[\]{}'"\n]{0,64})\s{0,4}(,|[\])}]|(?=\n|$))/dy;
/** `binding parameter [1] as [VARCHAR] - […]`, `binding parameter (1:VARCHAR) <- […]` */
const BOUND = /binding parameter (?=[[(])/g;
const VALUE = /[[(](\d{1,3})(?:\] as \[\w{1,32}\] -|:\w{1,32}\) <-) \[([^\]\n]{1,256})\]/dy;
/** A parameter with its number and value. */
const NUMBERED = /[$@:]p?\d{1,3} ?= ?'/g;
const PAIR = /[$@:]p?(\d{1,3}) ?= ?(?:'((?:[^'\n]|''){0,256})'|[^,\n']{0,64})(?:, ?|(?=\s|$))/dy;
const MOST_ITEMS = 64;
const LONGEST_BARE = 64;
/** Brackets behind such a word that are none of a list of values. */
const MOST_LISTS = 4;

/** Whether a parameter of a statement may start with that character. */
export function mayBeParameter(code: number): boolean {
  // `$`, `%`, `:`, `?`, `@`
  return code === 36 || code === 37 || code === 58 || code === 63 || code === 64;
}

/**
 * The value that a log gives for the parameter at `at`, whose column or name has that decision: `password = $1` and behind
 * the statement `parameters: $1 = '…'`, `-- PARAMETERS: ["…"]`, `; args=('…',)`. The pass goes on in the statement.
 */
export function findParameter(scan: Scan, at: number, decision: KeyDecision): void {
  const { text } = scan;
  PLACE.lastIndex = at;
  const place = PLACE.exec(text);
  if (place === null) return;
  const end = PLACE.lastIndex;
  const limit = Math.min(end + REACH, scan.length);
  const number = place[1] ?? place[2] ?? place[3];
  const numbered = number === undefined ? limit : scan.nextMatch(NUMBERED, end);
  if (numbered < limit) {
    const found = numberedValue(scan, numbered, number!, limit);
    if (found !== undefined) {
      judgeColumn(scan, ...found, decision);
      return;
    }
  }
  let list = scan.nextMatch(LIST, end);
  const bound = scan.nextMatch(BOUND, end);
  if (list >= limit && bound >= limit) return;
  const index = number === undefined ? positionOf(scan, at) : Number(number) - 1;
  if (bound < limit) {
    const found = boundValue(scan, bound, index, limit);
    if (found !== undefined) judgeColumn(scan, ...found, decision);
    return;
  }
  for (let count = 0; count < MOST_LISTS && list < limit; count++) {
    const item = itemAt(scan, list, index, limit);
    if (item !== undefined) {
      judgeColumn(scan, ...item, decision);
      return;
    }
    list = scan.nextMatch(LIST, list);
  }
}

/** Of `$1 = '…', $2 = '…'`, of which the first one starts before `at`. */
function numberedValue(
  scan: Scan,
  at: number,
  wanted: string,
  limit: number,
): readonly [number, number] | undefined {
  let from = at - 1;
  while (from > 0 && !'$@:'.includes(scan.text[from]!)) from--;
  for (let count = 0; count < MOST_ITEMS && from < limit; count++) {
    PAIR.lastIndex = from;
    const pair = PAIR.exec(scan.text);
    if (pair === null) return undefined;
    scan.work += PAIR.lastIndex - from;
    if (pair[1] === wanted) return pair.indices![2];
    from = PAIR.lastIndex;
  }
  return undefined;
}

/** Of the lines of Hibernate, one for each parameter, of which the first one is met at `at`. */
function boundValue(
  scan: Scan,
  at: number,
  index: number,
  limit: number,
): readonly [number, number] | undefined {
  for (let from = at; from < limit;) {
    VALUE.lastIndex = from;
    const value = VALUE.exec(scan.text);
    if (value === null) return undefined;
    scan.work += VALUE.lastIndex - from;
    if (Number(value[1]) === index + 1) return value.indices![2];
    from = scan.nextMatch(BOUND, VALUE.lastIndex);
  }
  return undefined;
}

/** How many parameters without a number stand before it in its statement. */
function positionOf(scan: Scan, at: number): number {
  const floor = Math.max(0, at - REACH_BEFORE);
  // From the last one that was asked for on: no stretch is read twice.
  const isNext = scan.parametersEnd > floor && scan.parametersEnd <= at;
  const from = isNext ? scan.parametersEnd : floor;
  let count = isNext ? scan.parameters : 0;
  for (const [mark] of scan.text.slice(from, at).matchAll(MARK))
    count = mark === '?' || mark === '%s' ? count + 1 : 0;
  scan.work += at - from;
  scan.parametersEnd = at;
  scan.parameters = count;
  return count;
}

function itemAt(
  scan: Scan,
  start: number,
  wanted: number,
  limit: number,
): readonly [number, number] | undefined {
  const { text } = scan;
  OPENING.lastIndex = start;
  let at = OPENING.test(text) ? OPENING.lastIndex : start;
  for (let index = 0; index < MOST_ITEMS && at < limit; index++) {
    ITEM.lastIndex = at;
    const item = ITEM.exec(text);
    scan.work += item === null ? LONGEST_BARE : ITEM.lastIndex - at;
    if (item === null) return undefined;
    if (index === wanted) {
      const place = item.indices![1] ?? item.indices![2];
      return place === undefined || place[0] === place[1] ? undefined : place;
    }
    if (item[3] !== ',') return undefined;
    at = ITEM.lastIndex;
  }
  return undefined;
}
