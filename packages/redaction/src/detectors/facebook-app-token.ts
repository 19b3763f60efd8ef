import { URL64 } from '../engine/characters.ts';
import type { DigitDetector, DetectorExamples } from './detector.ts';

const BAR = 124;
const SECRET_LENGTH = 27;
const [LEAST_DIGITS, MOST_DIGITS] = [13, 17];

/** A Facebook application token: the number of the application, a bar, and 27 more. */
export const facebookAppToken: DigitDetector = {
  kind: 'facebook_token',
  preset: 'secrets',
  longestGroup: MOST_DIGITS,
  // Known by a bar, which as an anchor would stop the pass at every space: it has no class of its own.
  findDigits(scan, groups, index) {
    const from = groups.from(index);
    const bar = groups.to(index);
    if (scan.code(bar) !== BAR || bar - from < LEAST_DIGITS || bar - from > MOST_DIGITS) return 0;
    const to = scan.runEnd(URL64, bar + 1);
    if (to - bar - 1 !== SECRET_LENGTH || !scan.isBoundary(from)) return 0;
    scan.alsoFound('facebook_token', from, to);
    return 1;
  },
};

export const facebookAppTokenExamples: DetectorExamples = {
  finds: ['{digit:15}|{b62:27}'],
  leaves: ['1234|5678', '12|{b62:27}'],
};
