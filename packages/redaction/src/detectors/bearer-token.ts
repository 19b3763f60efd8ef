import { BASE64, DOT, TILDE, URL64 } from '../engine/characters.ts';
import { looksRandom } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import { afterSpaces } from './after-spaces.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { isPlaceholder } from './placeholder-value.ts';

const TOKEN68 = BASE64 | URL64 | DOT | TILDE;

/** `Bearer <token>`, wherever it stands. */
export const bearerToken: Detector = {
  kind: 'bearer_token',
  preset: 'secrets',
  anchors: ['bearer'],
  find(scan, _start, end) {
    // A space is a plus in a form.
    const from = scan.code(end) === 43 ? end + 1 : afterSpaces(scan, end);
    if (from === end) return false;
    let to = scan.runEnd(TOKEN68, from);
    while (to > from && scan.code(to - 1) === 46) to--;
    if (to - from < 16 && !(to - from >= 8 && looksRandom(scan.text, from, to))) return false;
    if (isPlaceholder(scan.text, from, to) || isWords(scan, from, to)) return false;
    return scan.found('bearer_token', from, to);
  },
};

/** Only small letters and hyphens: prose such as "bearer authentication-mechanism". */
function isWords(scan: Scan, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = scan.code(i);
    if (!((code >= 97 && code <= 122) || code === 45 || code === 46)) return false;
  }
  return true;
}

export const bearerTokenExamples: DetectorExamples = {
  finds: ['Authorization: Bearer <<{url64:40}>>', 'with bearer <<{b62:24}7a>>.'],
  leaves: [
    'the bearer of good news arrived yesterday',
    'bearer authentication-scheme',
    'Bearer ${TOKEN_OF_THE_USER}',
    'Bearer <token>',
  ],
};
