import { BASE62, UNDERSCORE } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import type { DigitDetector, DigitGroups } from './detector.ts';

const HYPHEN = 45;
const SPACE = 32;

/** A United States social security number: 3-2-4 digits with one hyphen or space, in the ranges that are given out. */
export const usSsn: DigitDetector = {
  kind: 'us_ssn',
  preset: 'pii',
  findDigits(scan, groups, index) {
    const last = index + 2;
    if (last >= groups.count || size(groups, index) !== 3) return 0;
    if (size(groups, index + 1) !== 2 || size(groups, last) !== 4) return 0;
    const from = groups.from(index);
    const to = groups.to(last);
    const separator = scan.code(from + 3);
    if (to - from !== 11 || separator !== scan.code(from + 6)) return 0;
    if (separator !== HYPHEN && separator !== SPACE) return 0;
    if (touches(scan, from - 1) || touches(scan, to)) return 0;
    const area = Number(scan.text.slice(from, from + 3));
    if (area === 0 || area === 666 || area >= 900) return 0;
    if (scan.text.slice(from + 4, from + 6) === '00') return 0;
    if (scan.text.slice(from + 7, to) === '0000') return 0;
    scan.alsoFound('us_ssn', from, to);
    return 3;
  },
};

function size(groups: DigitGroups, index: number): number {
  return groups.to(index) - groups.from(index);
}

/** Whether the character continues the number to something longer. */
function touches(scan: Scan, index: number): boolean {
  return scan.is(BASE62 | UNDERSCORE, index) || scan.code(index) === HYPHEN;
}
