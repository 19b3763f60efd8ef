import type { Scan } from '../engine/scan.ts';

/** Quotes inside a value that are looked at before it counts as open-ended. */
const MOST_INNER_QUOTES = 64;
const LONGEST_VALUE = 16_384;

/**
 * Where the value ends that `quote` (a quote mark with `depth` backslashes before it) opened at `from`: before the
 * backslashes that belong to the closing mark. Each level of nesting doubles the backslashes and adds one, so a
 * mark with `n` of them closes when `n` is `depth` beyond whole escaped backslashes. Two marks in a row are one of the
 * value, as in SQL, YAML and CSV. Returns -1 without a closing.
 */
export function closingQuote(scan: Scan, from: number, quote: string): number {
  const depth = quote.length - 1;
  const mark = quote.slice(depth);
  let candidate = scan.nextOf(mark, from);
  for (let inner = 0; inner < MOST_INNER_QUOTES; inner++) {
    if (candidate >= scan.length || candidate - from > LONGEST_VALUE) return -1;
    const backslashes = Math.min(scan.backslashesBefore(candidate), candidate - from);
    const isDoubled = depth === 0 && candidate > from && scan.text[candidate + 1] === mark;
    if (!isDoubled && backslashes % (2 * (depth + 1)) === depth) return candidate - depth;
    const next = scan.text.indexOf(mark, candidate + (isDoubled ? 2 : 1));
    candidate = next < 0 ? scan.length : next;
  }
  return -1;
}
