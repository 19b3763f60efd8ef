import { EAST_ASIAN, VALUE_STOPS } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';

const LONGEST_JUDGED = 64;

/** Where a value without quotes ends: also where a sentence without spaces goes on behind it. */
export function bareEnd(scan: Scan, from: number): number {
  const to = scan.runUntil(VALUE_STOPS, from);
  if (scan.code(from) >= EAST_ASIAN) return to;
  const limit = Math.min(to, from + LONGEST_JUDGED);
  for (let i = from; i < limit; i++) if (scan.code(i) >= EAST_ASIAN) return i;
  return to;
}
