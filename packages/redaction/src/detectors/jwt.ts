import { BASE62, URL64 } from '../engine/characters.ts';
import type { Detector, DetectorExamples } from './detector.ts';

const FULL_STOP = 46;
const LEAST_PART = 10;
const MOST_PARTS = 5;

/**
 * A JSON web token: base64 of a JSON object, a dot, and up to four more parts. The signature may be missing:
 * texts get cut, and the payload alone is personal.
 */
export const jwt: Detector = {
  kind: 'jwt_token',
  preset: 'secrets',
  // `{"`, `{ ` and `{` with a line break, in base64.
  anchors: ['eyJ', 'eyA', 'ewo'],
  find(scan, start) {
    const first = scan.runEnd(URL64, start);
    scan.mayGoOn(first);
    if (first - start < LEAST_PART || !scan.text.startsWith('e', start)) return false;
    // The public token of Mapbox.
    if (scan.text.startsWith('pk.', start - 3) && scan.isBoundary(start - 3)) return false;
    let end = first;
    let parts = 1;
    let second = 0;
    for (; parts < MOST_PARTS && scan.code(end) === FULL_STOP; parts++) {
      const next = scan.runEnd(URL64, end + 1);
      if (parts === 1) second = next - end - 1;
      end = next;
    }
    scan.mayGoOn(end);
    // In an encrypted token of five parts the second one may be empty.
    if (parts < 2 || (second < LEAST_PART && parts < MOST_PARTS)) return false;
    // A full stop that nothing follows belongs to the sentence.
    if (scan.code(end - 1) === FULL_STOP) end--;
    if (scan.is(BASE62, end)) return false;
    return scan.found('jwt_token', start, end);
  },
};

export const jwtExamples: DetectorExamples = {
  finds: ['eyJhbGciOiJIUzI1NiJ9.eyJ{b62:30}.{url64:43}'],
  leaves: ['eyJpZCI6', 'eyJ.x.y', 'pk.eyJ{b62:60}.{url64:22}'],
};
