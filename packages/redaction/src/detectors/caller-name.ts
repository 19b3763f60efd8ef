import type { Detector, DetectorExamples } from './detector.ts';

/** `"Ada Lovelace" ` and `Ada Lovelace ` in front of an address. */
const NAME =
  /(?:"([^"\n<>@\\]{2,64})\\?"|(?:^|[:,]\s{0,2})(\p{Lu}[\p{L}\p{M}.'’-]{1,24}(?: \p{Lu}[\p{L}\p{M}.'’-]{0,24}){1,3}))[ \t]{0,2}$/du;
const REACH = 120;
const PERSON = /^\p{L}[\p{L}\p{M} .,'’-]*$/u;

/** The name in front of the address of a call: `P-Asserted-Identity: "Ada Lovelace" <tel:+…>`. */
export const callerName: Detector = {
  kind: 'person_name',
  preset: 'pii',
  anchors: ['<sip:', '<sips:', '<tel:'],
  find(scan, start) {
    const lowest = Math.max(0, start - REACH);
    const match = NAME.exec(scan.text.slice(lowest, start));
    scan.work += REACH;
    const place = match?.indices?.[1] ?? match?.indices?.[2];
    if (place === undefined) return false;
    const [from, to] = place;
    // An extension or a line is called by a number, a device by one word.
    if (!PERSON.test(scan.text.slice(lowest + from, lowest + to))) return false;
    scan.alsoFound('person_name', lowest + from, lowest + to);
    return false;
  },
};

export const callerNameExamples: DetectorExamples = {
  finds: [
    'P-Asserted-Identity: "<<Ada Lovelace>>" <tel:x>',
    'Contact: "<<Ada Lovelace>>" <sip:1001{digit:2}>',
    'Remote-Party-ID: <<Ada Lovelace>> <sip:x>;party=calling',
  ],
  leaves: ['To: <sip:1001>', 'Contact: "1001" <sip:1001>', 'Route: <sip:proxy;lr>'],
};
