import type { Cursor } from './cursor.ts';
import type { Segment } from './segments.ts';
import { SettledRanges } from './settled-ranges.ts';

/**
 * The segments with nothing in them that is not settled, by this cursor: those in front of it, and those behind a record that waits for
 * long, which so keeps nothing but its own. Of the last one nobody knows where it ends.
 */
export function settledSegments(segments: readonly Segment[], cursor: Cursor): Segment[] {
  const settled = new SettledRanges(cursor.settled);
  return segments.filter(({ number, sequence }, index) => {
    const next = segments[index + 1]?.sequence ?? Infinity;
    return number < cursor.segment || (next > sequence && settled.covers(sequence, next));
  });
}
