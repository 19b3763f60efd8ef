import type { Explanation } from '../explain.ts';

type Place = Pick<Explanation, 'start' | 'end'>;

/** A redactor cuts texts of twice that length: they are no values of telemetry. */
const LONGEST_AT_ONCE = 8 * 1024 * 1024;
/** How far from a finding a text is parted where that can be: what stands around it says what it is. */
const AROUND = 1024;

/** A long text in parts that end with a line and far from what was found, or at least not in it. */
export function partsOf(
  text: string,
  findings: readonly Place[],
  longest: number = LONGEST_AT_ONCE,
): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  let first = 0;
  while (text.length - from > longest) {
    const [lowest, highest] = [from + longest, from + longest * 2];
    while (first < findings.length && findings[first]!.end < lowest - AROUND) first++;
    const to =
      lineEndBeside(text, lowest, highest, findings, first, AROUND) ??
      lineEndBeside(text, lowest, highest, findings, first, 0) ??
      lowest;
    parts.push(text.slice(from, to));
    from = to;
  }
  return [...parts, text.slice(from)];
}

function lineEndBeside(
  text: string,
  lowest: number,
  highest: number,
  findings: readonly Place[],
  first: number,
  around: number,
): number | undefined {
  let at = first;
  for (let place = lowest; ;) {
    const end = text.indexOf('\n', place) + 1;
    if (end === 0 || end > highest) return undefined;
    while (at < findings.length && findings[at]!.end <= end - around) at++;
    const next = findings[at];
    if (next === undefined || next.start >= end + around) return end;
    place = Math.max(end, next.end + around);
  }
}
