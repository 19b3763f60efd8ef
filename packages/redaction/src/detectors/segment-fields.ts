import type { Scan } from '../engine/scan.ts';
import { isPersonalValue, type PersonalKind } from '../keys/personal-names.ts';
import type { Detector, DetectorExamples } from './detector.ts';

/** Longest segment that is followed: no longer than a stream looks ahead. */
const REACH = 512;
const LENGTH_OF_NAME = 4;
/** What the first field starts with: a number, a word, or nothing. */
const FIRST = Array.from('0123456789|*idqpm');
const SEGMENT_START = /(?:^|[\r\n\v~'"`>]|\\[rn]|\s)$/;
/** What HL7 and X12 divide a segment, a field and its parts by, and end a segment with. */
const FIELD_END = /[|*~\r\n"]|\\[rn]/g;

type Field = PersonalKind | 'medical_id';

/** Personal fields by the name of their segment, counted from 1 behind it: HL7 v2, and X12 of insurers. */
const SEGMENTS: ReadonlyMap<string, Readonly<Record<number, Field>>> = new Map<
  string,
  Readonly<Record<number, Field>>
>([
  [
    'PID|',
    {
      2: 'medical_id',
      3: 'medical_id',
      4: 'medical_id',
      5: 'person_name',
      6: 'person_name',
      7: 'date_of_birth',
      9: 'person_name',
      11: 'postal_address',
      13: 'phone_number',
      14: 'phone_number',
      18: 'medical_id',
      19: 'national_id',
      20: 'driver_license',
      21: 'medical_id',
    },
  ],
  ['NK1|', { 2: 'person_name', 4: 'postal_address', 5: 'phone_number', 6: 'phone_number' }],
  [
    'GT1|',
    {
      3: 'person_name',
      4: 'person_name',
      5: 'postal_address',
      6: 'phone_number',
      7: 'phone_number',
      8: 'date_of_birth',
      12: 'national_id',
    },
  ],
  ['IN1|', { 16: 'person_name', 18: 'date_of_birth', 19: 'postal_address', 36: 'medical_id' }],
  ['MRG|', { 1: 'medical_id', 7: 'person_name' }],
  ['PV1|', { 7: 'person_name', 8: 'person_name', 9: 'person_name', 17: 'person_name' }],
  ['STF|', { 3: 'person_name', 6: 'date_of_birth', 10: 'phone_number', 11: 'postal_address' }],
  // Subscriber, patient, provider: last name, first name, middle name, and the number.
  ['NM1*', { 3: 'person_name', 4: 'person_name', 5: 'person_name', 9: 'medical_id' }],
  ['DMG*', { 2: 'date_of_birth' }],
]);

/** `PID|1||12345^^^HOSP||Lovelace^Ada|…`: what a segment of HL7 or X12 says about a person, by the place of its field. */
export const segmentFields: Detector = {
  kind: 'person_name',
  preset: 'pii',
  level: 'likely',
  // With the first field, so that `pid` and a space are not stopped at.
  anchors: [...SEGMENTS.keys()].flatMap((name) => FIRST.map((first) => name + first)),
  find(scan, start) {
    const { text } = scan;
    const end = start + LENGTH_OF_NAME;
    const name = text.slice(start, end);
    const fields = SEGMENTS.get(name);
    if (fields === undefined || !SEGMENT_START.test(text.slice(Math.max(0, start - 2), start)))
      return false;
    const separator = name.at(-1)!;
    const limit = Math.min(scan.length, start + REACH);
    let from = end;
    let isPerson = true;
    FIELD_END.lastIndex = end;
    for (let index = 1; from < limit; index++) {
      const match = FIELD_END.exec(text);
      const to = match === null ? scan.length : match.index;
      // Of organisations, which have `2` where persons have `1`.
      if (name === 'NM1*' && index === 2) isPerson = text.slice(from, to) === '1';
      const kind = fields[index];
      if (kind !== undefined && (isPerson || name !== 'NM1*')) note(scan, kind, from, to);
      if (match === null || match[0] !== separator) break;
      from = FIELD_END.lastIndex;
    }
    scan.work += Math.max(from, end) - start;
    // The pass goes on in it: addresses of mail have a detector of their own.
    return false;
  },
};

function note(scan: Scan, kind: Field, from: number, to: number): void {
  const value = scan.text.slice(from, to);
  if (value.length < 2 || value.includes('[REDACTED')) return;
  if (kind === 'medical_id') {
    if (/\d{3}/.test(value)) scan.alsoFound('national_id', from, to);
    return;
  }
  // Parts of a field, and repetitions of it.
  const plain = value.replaceAll(/[\^~&]+/g, ' ').trim();
  const said = kind === 'person_name' ? plain.replace(/^[\dA-Z]*\d[\dA-Z]* /, '') : plain;
  if (isPersonalValue(kind, said)) scan.alsoFound(kind, from, to);
}

export const segmentFieldsExamples: DetectorExamples = {
  finds: [
    'PID|1||<<@national_id 12345^^^HOSP^MR>>||<<Lovelace^Ada^M>>|||F',
    'MSH|^~\\&|A\rPID|1||<<@national_id 7712345>>||<<LOVELACE^ADA>>||<<@date_of_birth 19800202>>|F|||<<@postal_address 221 Baker St^^London^^NW1^UK>>\rPV1|1|I',
    'NK1|1|<<LOVELACE^ADA>>|SPO',
    'x "PID|1||||<<Lovelace^Ada>>" y',
    'NM1*IL*1*<<DOE>>*<<JOHN>>*A***MI*<<@national_id W12345678>>~N4*X~',
    'DMG*D8*<<@date_of_birth 19800202>>*F~',
  ],
  leaves: [
    'PID|1|running',
    'PID|USER|CPU',
    'NM1*PR*2*ACME INSURANCE*****PI*12~',
    'grep PID|wc -l',
    'RAPID|1||12345',
  ],
};
