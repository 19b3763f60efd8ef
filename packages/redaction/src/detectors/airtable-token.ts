import { BASE62, HEX } from '../engine/characters.ts';
import type { Detector, DetectorExamples } from './detector.ts';

const FULL_STOP = 46;

/** An Airtable token: `pat`, 14 characters, a full stop, 64 hex digits. */
export const airtableToken: Detector = {
  kind: 'airtable_token',
  preset: 'secrets',
  anchors: ['pat'],
  find(scan, start, end) {
    if (scan.code(end + 14) !== FULL_STOP || scan.runEnd(BASE62, end) !== end + 14) return false;
    const to = scan.runEnd(HEX, end + 15);
    return to - end >= 70 && scan.found('airtable_token', start, to);
  },
};

export const airtableTokenExamples: DetectorExamples = {
  finds: ['pat{b62:14}.{hex:64}'],
  leaves: ['pat.{hex:64}', 'patch.{hex:64}', 'path.to.file'],
};
