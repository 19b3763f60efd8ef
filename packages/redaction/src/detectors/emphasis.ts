import { BASE62 } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';

const UNDERSCORE = 95;
const MOST_MARKS = 3;

/**
 * Whether the underscore at `index` is one of Markdown (`_4111…_`, `__4111…__`) and no part of a name: behind it, seen
 * from the number, `step` by `step`, no word goes on.
 */
export function isEmphasis(scan: Scan, index: number, step: -1 | 1): boolean {
  let at = index;
  while (scan.code(at) === UNDERSCORE && (at - index) * step < MOST_MARKS) at += step;
  return at !== index && scan.code(at) !== UNDERSCORE && !scan.is(BASE62, at);
}
