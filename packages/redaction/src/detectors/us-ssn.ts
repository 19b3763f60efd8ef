import { BASE62, DIGITS } from '../engine/characters.ts';
import { endsEscape } from '../engine/ends-escape.ts';
import type { Scan } from '../engine/scan.ts';
import type { DigitDetector, DigitGroups, DetectorExamples } from './detector.ts';
import { isEmphasis } from './emphasis.ts';

const HYPHEN = 45;
const SPACE = 32;
const FULL_STOP = 46;
const UNDERSCORE = 95;
const LOOK_BACK = 48;
/** Written without separators. */
const PLAIN_DIGITS = 9;
const LABEL =
  /(?<![a-z])(ssn|social security|itin|individual taxpayer)(?: identification)?(?: (?:number|no|nr|#))?\.?["'\\]{0,4}(?: is)?[ :=#"'\\]{1,6}$/i;
/** Groups in the middle of a taxpayer number, which starts with 9. */
const ITIN_GROUPS: readonly (readonly [number, number])[] = [
  [50, 65],
  [70, 88],
  [90, 92],
  [94, 99],
];

/** A United States social security number: 3-2-4 digits with one hyphen, space or full stop, in the ranges that are given out. With 9 in front a taxpayer number. */
export const usSsn: DigitDetector = {
  kind: 'us_ssn',
  preset: 'pii',
  leastGroups: 3,
  findDigits(scan, groups, index) {
    const last = index + 2;
    if (last >= groups.count || size(groups, index) !== 3) return 0;
    if (size(groups, index + 1) !== 2 || size(groups, last) !== 4) return 0;
    const from = groups.from(index);
    const to = groups.to(last);
    const separator = scan.code(from + 3);
    if (to - from !== 11 || separator !== scan.code(from + 6)) return 0;
    if (separator !== HYPHEN && separator !== SPACE && separator !== FULL_STOP) return 0;
    if ((touches(scan, from - 1, -1) && !endsEscape(scan.text, from)) || touches(scan, to, 1))
      return 0;
    if (separator === SPACE && isInRow(scan, from, to) && !isLabelled(scan, from)) return 0;
    const area = Number(scan.text.slice(from, from + 3));
    const group = Number(scan.text.slice(from + 4, from + 6));
    if (area === 0 || area === 666 || group === 0) return 0;
    if (scan.text.slice(from + 7, to) === '0000') return 0;
    const isTaxpayer = area >= 900;
    if (isTaxpayer && !ITIN_GROUPS.some(([low, high]) => group >= low && group <= high)) return 0;
    scan.alsoFound(isTaxpayer ? 'us_itin' : 'us_ssn', from, to);
    return 3;
  },
};

/** The nine digits alone, behind their name. */
export const labelledSsn: DigitDetector = {
  kind: 'us_ssn',
  preset: 'pii',
  longestGroup: PLAIN_DIGITS,
  startsFirst: true,
  findDigits(scan, groups, index) {
    if (size(groups, index) !== PLAIN_DIGITS) return 0;
    const from = groups.from(index);
    const to = groups.to(index);
    if (touches(scan, from - 1, -1) || touches(scan, to, 1)) return 0;
    const label = labelOf(scan, from);
    if (label === null) return 0;
    const isTaxpayer = /^(?:itin|tin|individual)/i.test(label[1]!);
    if ((scan.text[from] === '9') !== isTaxpayer || scan.text.startsWith('000', from)) return 0;
    scan.alsoFound(isTaxpayer ? 'us_itin' : 'us_ssn', from, to);
    return 1;
  },
};

function labelOf(scan: Scan, from: number): RegExpExecArray | null {
  return LABEL.exec(scan.text.slice(Math.max(0, from - LOOK_BACK), from));
}

function isLabelled(scan: Scan, from: number): boolean {
  return labelOf(scan, from) !== null;
}

/** Whether more numbers stand beside it, with single spaces as between its groups: a row of numbers of any length. */
function isInRow(scan: Scan, from: number, to: number): boolean {
  const isBehind = scan.code(to) === SPACE && scan.is(DIGITS, to + 1);
  return isBehind || (scan.code(from - 1) === SPACE && scan.is(DIGITS, from - 2));
}

function size(groups: DigitGroups, index: number): number {
  return groups.to(index) - groups.from(index);
}

/** Whether the character before the number (`step` -1) or behind it (1) continues it to something longer. */
function touches(scan: Scan, index: number, step: -1 | 1): boolean {
  const code = scan.code(index);
  if (code === FULL_STOP) return scan.is(DIGITS, index - 1) && scan.is(DIGITS, index + 1);
  if (code === UNDERSCORE) return !isEmphasis(scan, index, step);
  return scan.is(BASE62, index) || code === HYPHEN;
}

export const usSsnExamples: DetectorExamples = {
  finds: [
    '536-22-1847',
    'SSN <<536-22-1847>> on file',
    'my SSN <<536 22 1847>> 3',
    'for <<536 22 1847>>, 3 times',
    'use _<<536-22-1847>>_ now',
  ],
  leaves: [
    '000-12-3456',
    '666-12-3456',
    '2026-11-2000',
    '282 57 7023 49 311 73',
    '9260 9 36 271 91 1835',
    'id_536-22-1847_b',
  ],
};

export const labelledSsnExamples: DetectorExamples = {
  finds: ['SSN <<536221847>>', 'his social security number <<536221847>>.'],
  leaves: ['536221847', 'lessn 536221847', 'SSN 912701234', 'SSN 5362218470'],
};
