import { DIGITS, isIn } from '../engine/characters.ts';
import type { DigitDetector, DetectorExamples } from './detector.ts';

const PLUS = 43;
const OPEN = 40;
const FULL_STOP = 46;
const LEAST_DIGITS = 8;
const MOST_DIGITS = 15;

/** A phone number in international form: `+`, country code, up to 15 digits in all. */
export const phone: DigitDetector = {
  kind: 'phone_number',
  preset: 'pii',
  longestGroup: MOST_DIGITS,
  findDigits(scan, groups, index) {
    const first = groups.from(index);
    const plus = scan.code(first - 1) === OPEN ? first - 2 : first - 1;
    // A digit or letter before the sign makes it an operator.
    if (scan.code(plus) !== PLUS || !scan.isBoundary(plus)) return 0;
    if (scan.code(first) === 48) return 0;
    let digits = 0;
    let taken = 0;
    let stops = 0;
    for (let at = index; at < groups.count; at++) {
      const size = groups.to(at) - groups.from(at);
      if (digits + size > MOST_DIGITS || groups.isTaken(at)) break;
      if (at > index && scan.code(groups.to(at - 1)) === FULL_STOP) stops++;
      digits += size;
      taken++;
    }
    // One full stop and no other separator: a decimal, such as a coordinate.
    if (digits < LEAST_DIGITS || (stops === 1 && taken === 2)) return 0;
    const to = groups.to(index + taken - 1);
    if (isIn(DIGITS, scan.code(to))) return 0;
    scan.alsoFound('phone_number', plus, to);
    return taken;
  },
};

export const phoneExamples: DetectorExamples = {
  finds: ['+49 170 1234567', 'ring <<+1 (415) 555-2671>>!'],
  leaves: ['+1', '+4 more', 'a+491701234567'],
};
