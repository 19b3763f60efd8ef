import { BASE62, DIGITS, HEX } from '../engine/characters.ts';
import type { Detector, DetectorExamples } from './detector.ts';

/** A Mailchimp key: 32 hex digits and the data centre, `-us12`. */
export const mailchimpKey: Detector = {
  kind: 'mailchimp_api_key',
  preset: 'secrets',
  anchors: ['-us'],
  insideWord: true,
  find(scan, start, end) {
    const to = scan.runEnd(DIGITS, end);
    if (to === end || to - end > 2 || scan.is(BASE62, to)) return false;
    const from = scan.runStart(HEX, start, 33);
    return (
      start - from === 32 && scan.isBoundary(from) && scan.found('mailchimp_api_key', from, to)
    );
  },
};

export const mailchimpKeyExamples: DetectorExamples = {
  finds: ['{hex:32}-us{digit:2}'],
  leaves: ['{hex:32}-user', '{hex:16}-us12', 'eu-us2'],
};
