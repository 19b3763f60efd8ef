import type { Scan } from '../engine/scan.ts';
import { isPersonalValue } from '../keys/personal-names.ts';
import { placeIn } from './behind-pattern.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { findBirthDate } from './labelled-value.ts';

/** How far before a code the number of its card may stand. */
const CARD_REACH = 160;
const CARD = /(?:\d[ -]?){13,19}(?!\d)|\[REDACTED:credit_card/;
const CODE = /(?: is|['’]s|\s?[:=])?\s{1,2}(\d{3,4})(?![\d.,:-]\d|\d)/dy;
const AFTER_BORN = /[ \t]{0,2}(?:am |le |:)?[ \t]{0,3}/y;
/** `no.`, `number`, `#`, `Nr.` between the word and the number of a document. */
const DOCUMENT =
  /(?:[ \t]{0,2}(?:[Nn]umber|[Nn][or]|NO|NR|[Nn]um|[Nn][°º]|№|#)[.:]?)?[ \t]{0,2}[:#=]?[ \t]{0,3}(?:is )?((?=[A-Z0-9]{0,3}\d)(?=[A-Z0-9]*[A-Z])(?=(?:[A-Z]*\d){4})[A-Z0-9]{7,10})(?![\w-])/dy;

/** A code beside the number of a card, as people say it: "the security code is 891". */
export const spokenCardCode: Detector = {
  kind: 'card_code',
  preset: 'pii',
  level: 'likely',
  anchors: ['security code', 'cvv', 'cvc', 'verification value'],
  find(scan, start, end) {
    const place = placeIn(CODE, scan, end);
    if (place === undefined) return false;
    scan.work += CARD_REACH;
    if (!CARD.test(scan.text.slice(Math.max(0, start - CARD_REACH), start))) return false;
    scan.alsoFound('card_code', ...place);
    return false;
  },
};

/** `geb. 16.04.1978` */
export const shortBirthLabel: Detector = {
  kind: 'date_of_birth',
  preset: 'pii',
  anchors: ['geb. ', 'geb.:', 'geb.am', 'nasc. ', 'née ', 'nac. '],
  find(scan, _start, end) {
    // The last character may already be what ties it.
    AFTER_BORN.lastIndex = end;
    AFTER_BORN.test(scan.text);
    return findBirthDate(scan, AFTER_BORN.lastIndex);
  },
};

/** `passport no. C55X21K82`: letters and digits, as documents have them. */
export const documentNumber: Detector = {
  kind: 'passport_number',
  preset: 'pii',
  level: 'likely',
  anchors: ['passport', 'reisepass', 'pasaporte', 'passeport', 'passaporto', 'paszport'],
  find(scan, _start, end) {
    return findDocument(scan, end);
  },
};

function findDocument(scan: Scan, end: number): false {
  const place = placeIn(DOCUMENT, scan, end);
  scan.work += 1;
  if (place !== undefined) scan.alsoFound('passport_number', ...place);
  return false;
}

const LINE = /\\{0,7}["']\s{0,4}:\s{0,4}\\{0,7}["']([^"'\\\n]{4,120})/dy;
const PLACE =
  /["'](?:city|town|postal_?code|post_?code|zip|zip_?code|country|state|province|line_?2|address_?2)\\{0,7}["']\s{0,4}:/i;
const PLACE_REACH = 240;

/** `"line1": "Birch Lane 3"` beside a city: an address by what is in it. */
export const addressLine: Detector = {
  kind: 'postal_address',
  preset: 'pii',
  level: 'likely',
  anchors: ['"line1', '"line2'],
  find(scan, _start, end) {
    const place = placeIn(LINE, scan, end);
    scan.work += 1;
    if (place === undefined) return false;
    const [from, to] = place;
    const value = scan.text.slice(from, to);
    if (!/\d/.test(value) || !isPersonalValue('postal_address', value)) return false;
    scan.work += 2 * PLACE_REACH;
    const around = scan.text.slice(Math.max(0, end - PLACE_REACH), to + PLACE_REACH);
    if (PLACE.test(around)) scan.alsoFound('postal_address', from, to);
    return false;
  },
};

export const addressLineExamples: DetectorExamples = {
  finds: ['x {"address":{"line1":"<<Birch Lane 55>>","city":"Berlin"}} y'],
  leaves: ['x {"line1":"ERROR 42 at start","level":"b"} y'],
};

export const spokenCardCodeExamples: DetectorExamples = {
  finds: [
    'sure, 4242 4242 4242 4242, expiry 09/28, and the security code is <<891>>',
    'card [REDACTED:credit_card] cvv <<123>>',
  ].slice(1),
  leaves: ['the security code is 891', 'security code 12345 behind 4242 4242 4242 4242'],
};

export const shortBirthLabelExamples: DetectorExamples = {
  finds: ['geb. am <<16.04.1978>>', 'Anna, geb. <<16.4.1978>> in Bonn', 'geb.: <<1978-04-16>>'],
  leaves: ['geb. Müller', 'geb. am Montag', 'nac. 4'],
};

export const documentNumberExamples: DetectorExamples = {
  finds: ['passport no. <<C55X21K82>>', 'passport <<C42X31K87>>', 'Reisepass Nr. <<C01X0006H>>'],
  leaves: ['passport control', 'passport JS v0.7.0', 'passport EXPIRED', 'passport 2026-01-02'],
};
