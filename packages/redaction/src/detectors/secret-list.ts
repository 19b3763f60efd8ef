import { isLikelySecret } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import { isPairedSecret } from '../keys/paired-value.ts';
import { mayBePassword } from '../keys/secret-value.ts';
import type { Name } from './sensitive-key.ts';

/** An item of a list in YAML, below a name or below another item. */
const ITEM =
  /[ \t]{0,4}\r?\n[ \t]{0,32}-[ \t]{1,4}(?:"([^"\n]{1,256})"|'([^'\n]{1,256})'|([^\s"'#{}[\]&*!|>%@][^\s]{0,256}))[ \t]{0,8}(?=\r?\n|$)/dy;
/** `[a, "b"]` on the line of the name, no longer than a stream looks ahead. */
const FLOW = /\[[^[\]\n{}]{1,400}\]/y;
const FLOW_ITEM = /"([^"]{1,256})"|'([^']{1,256})'|([^\s,"']{1,256})/dg;
const PLACEHOLDER = '[REDACTED';
/** How far behind the last secret the list is followed: as far as a stream can tell. */
const REACH = 256;

/** The items of a list under the name of a secret: `api_keys:` and lines with hyphens, or `[…, …]`. */
export function findList(scan: Scan, start: number, name: Name): boolean {
  const { text } = scan;
  const first = text[start];
  if (first === '[') return !text.startsWith(PLACEHOLDER, start) && findFlow(scan, start, name);
  if (first !== '\n' && first !== '\r') return false;
  let last = start;
  let isFound = false;
  for (let at = start; at - last < REACH; at = ITEM.lastIndex) {
    ITEM.lastIndex = at;
    const item = ITEM.exec(text);
    if (item === null) break;
    scan.work += ITEM.lastIndex - at;
    const place = item.indices![1] ?? item.indices![2] ?? item.indices![3]!;
    if (!judge(scan, place, name)) continue;
    last = ITEM.lastIndex;
    isFound = true;
  }
  return isFound;
}

function findFlow(scan: Scan, start: number, name: Name): boolean {
  FLOW.lastIndex = start;
  const list = FLOW.exec(scan.text)?.[0];
  if (list === undefined) return false;
  scan.work += list.length;
  let isFound = false;
  for (const { indices } of list.slice(1, -1).matchAll(FLOW_ITEM)) {
    const [from, to] = indices![1] ?? indices![2] ?? indices![3]!;
    if (judge(scan, [start + 1 + from, start + 1 + to], name)) isFound = true;
  }
  return isFound;
}

/** In code a bare item is a variable, and in settings it may be the name of something. */
function judge(scan: Scan, [from, to]: readonly [number, number], { decision }: Name): boolean {
  const { text } = scan;
  if (text[to - 1] === ':' || !isPairedSecret(decision, text, from, to)) return false;
  if (!isLikelySecret(text, from, to) && !mayBePassword(text, from, to)) return false;
  scan.alsoFound('sensitive_key', from, to);
  return true;
}
