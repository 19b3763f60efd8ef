import { BASE64, isIn } from '../engine/characters.ts';
import type { Detector, DetectorExamples } from './detector.ts';

/** What ties the name of the field to its value: of a form, of an element, of JSON. */
const TIED = /=|\\{0,3}["']\s{0,2}(?:value=|[:=,]|=>)\s{0,2}\\{0,3}["']/y;
const LEAST = 64;
const PERCENT = 37;

/** An answer of an identity provider in a form: who has it can log in with it, and it says who somebody is. */
export const samlMessage: Detector = {
  kind: 'sensitive_key',
  preset: 'secrets',
  anchors: ['samlresponse', 'samlart'],
  find(scan, _start, end) {
    TIED.lastIndex = end;
    if (!TIED.test(scan.text)) return false;
    const from = TIED.lastIndex;
    let to = scan.runEnd(BASE64, from);
    // `%2B`, `%3D`
    while (scan.code(to) === PERCENT && isIn(BASE64, scan.code(to + 1)))
      to = scan.runEnd(BASE64, to + 1);
    return to - from >= LEAST && scan.found('sensitive_key', from, to);
  },
};

export const samlMessageExamples: DetectorExamples = {
  finds: [
    'SAMLResponse=<<{b64:200}>>&RelayState=x',
    'SAMLResponse=<<{b62:200}%2B{b62:80}%3D>>&RelayState=x',
    '<input type="hidden" name="SAMLResponse" value="<<{b64:200}>>"/>',
  ],
  leaves: ['SAMLResponse is missing', 'SAMLResponse=valid', 'class SAMLResponseParser'],
};
