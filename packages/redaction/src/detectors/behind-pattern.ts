import type { Scan } from '../engine/scan.ts';

/** Behind what the sticky pattern matches at `at`, or -1. */
export function behind(pattern: RegExp, { text }: Scan, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Where the group stands that took part in what the sticky pattern matches at `at`: the first one, or else the second. */
export function placeIn(
  pattern: RegExp,
  { text }: Scan,
  at: number,
): [from: number, to: number] | undefined {
  pattern.lastIndex = at;
  const indices = pattern.exec(text)?.indices;
  return indices?.[1] ?? indices?.[2];
}
