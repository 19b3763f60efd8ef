import type { Scan } from '../engine/scan.ts';

/** Behind what the sticky pattern matches at `at`, or -1. */
export function behind(pattern: RegExp, { text }: Scan, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}
