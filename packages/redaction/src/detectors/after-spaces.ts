import type { Scan } from '../engine/scan.ts';

const SPACES = 4;

/** Behind the spaces at `from`, also as they stand in a query. */
export function afterSpaces(scan: Scan, from: number): number {
  let at = from;
  while (at < from + SPACES && scan.code(at) === 32) at++;
  // `Bearer%20…` and `Bearer+…` in a query.
  if (at === from && scan.text.startsWith('%20', at)) at += 3;
  return at;
}
