import type { Scan } from '../engine/scan.ts';
import { isPersonalValue, type PersonalKind } from '../keys/personal-names.ts';
import { placeIn } from './behind-pattern.ts';
import type { Detector, DetectorExamples } from './detector.ts';

/** Longest card that is followed behind its last property that was found. */
const REACH = 512;
const MOST_LINES = 128;
const KINDS: Readonly<Record<string, PersonalKind>> = {
  N: 'person_name',
  FN: 'person_name',
  NICKNAME: 'person_name',
  ADR: 'postal_address',
  LABEL: 'postal_address',
  BDAY: 'date_of_birth',
  ANNIVERSARY: 'date_of_birth',
  TEL: 'phone_number',
};
/** A line of a card, also where the lines are escapes of the text around: `item1.ADR;TYPE=home:…`. */
const LINE =
  /(?:\r?\n|\\r\\n|\\n)(?:[\w-]{1,16}\.)?([A-Z-]{1,16})(?:;[^:\r\n\\]{0,96})?:((?:[^\r\n\\"]|\\[,;])*)/dy;
/** `["fn", {}, "text", "…"]`, as registries of names answer. */
const PROPERTY =
  /",\s{0,8}\{[^{}]{0,96}\},\s{0,8}"(?:text|date|uri|date-and-or-time)",\s{0,8}(?:"([^"\\\n]{1,160})"|\[([^[\]\n]{1,320})\])/dy;
const ITEM = /"([^"\\]{0,160})"/dg;
const ROLE = /(?:attendee|organizer);$/i;
const ORGANIZER = /[^:\r\n]{0,96}?\bCN=(?:"([^"\r\n]{2,64})"|([^";:\r\n]{2,64}))/diy;

/** What a vCard says about its person. */
export const vCard: Detector = {
  kind: 'person_name',
  preset: 'pii',
  // `begin` stands in too many words.
  anchors: ['n:vcard'],
  insideWord: true,
  find(scan, _start, end) {
    let last = end;
    let at = end;
    for (let count = 0; count < MOST_LINES && at - last < REACH; count++) {
      LINE.lastIndex = at;
      const line = LINE.exec(scan.text);
      if (line === null) break;
      at = LINE.lastIndex;
      if (line[1] === 'END' || line[1] === 'BEGIN') break;
      const kind = KINDS[line[1]!];
      if (kind !== undefined && note(scan, kind, ...line.indices![2]!)) last = at;
    }
    scan.work += at - end;
    return false;
  },
};

/** The same as JSON. */
export const jsonCard: Detector = {
  kind: 'person_name',
  preset: 'pii',
  anchors: ['["fn"', '["n"', '["adr"', '["bday"'],
  find(scan, start, end) {
    PROPERTY.lastIndex = end - 1;
    const match = PROPERTY.exec(scan.text);
    if (match === null) return false;
    scan.work += match[0].length;
    const kind = KINDS[scan.text.slice(start + 2, end - 1).toUpperCase()]!;
    const [text, list] = match.indices!.slice(1);
    if (text !== undefined) note(scan, kind, ...text);
    else if (list !== undefined) noteEach(scan, kind, ...list);
    return false;
  },
};

/** Who is invited, in a calendar: `ATTENDEE;CN=Ada Lovelace:mailto:…`. */
export const attendee: Detector = {
  kind: 'person_name',
  preset: 'pii',
  // Their starts stand in too many words.
  anchors: ['ndee;', 'izer;'],
  insideWord: true,
  find(scan, start, end) {
    if (!ROLE.test(scan.text.slice(Math.max(0, start - 8), end))) return false;
    const place = placeIn(ORGANIZER, scan, end);
    scan.work += 1;
    if (place !== undefined) note(scan, 'person_name', ...place);
    return false;
  },
};

/** The texts of a list, each for itself, so that JSON stays JSON. */
function noteEach(scan: Scan, kind: PersonalKind, from: number, to: number): void {
  const list = scan.text.slice(from, to);
  if (!isPersonalValue(kind, plainOf(list))) return;
  for (const { indices } of list.matchAll(ITEM)) {
    const [start, end] = indices![1]!;
    if (start < end && !list.startsWith('[REDACTED', start))
      scan.alsoFound(kind, from + start, from + end);
  }
}

function note(scan: Scan, kind: PersonalKind, from: number, to: number): boolean {
  const value = scan.text.slice(from, to);
  if (value.includes('[REDACTED')) return false;
  if (!isPersonalValue(kind, plainOf(value))) return false;
  scan.alsoFound(kind, from, to);
  return true;
}

/** Its parts, of which some may be empty: `;;221 Baker St;London;;NW1;UK`. */
function plainOf(value: string): string {
  return value
    .replaceAll(/[\\"]/g, '')
    .replaceAll(/[;,\s]+/g, ' ')
    .trim();
}

export const vCardExamples: DetectorExamples = {
  finds: [
    'BEGIN:VCARD\r\nVERSION:3.0\r\nN:<<Lovelace;Ada;;;>>\r\nFN:<<Ada Lovelace>>\r\nTEL;TYPE=cell:<<@phone_number 07700 900123>>\r\nADR;TYPE=home:<<@postal_address ;;221 Baker St;London;;NW1;UK>>\r\nBDAY:<<@date_of_birth 1980-02-02>>\r\nEND:VCARD',
  ],
  leaves: ['BEGIN:VCARD\nVERSION:4.0\nKIND:org\nEND:VCARD', 'BEGIN:VEVENT\nN:Lovelace'],
};

export const jsonCardExamples: DetectorExamples = {
  finds: [
    '["vcard",[["fn",{},"text","<<Ada Lovelace>>"],["adr",{"label":"x"},"text",["","","<<@postal_address 221 Baker St>>","<<@postal_address London>>","","<<@postal_address NW1>>","<<@postal_address UK>>"]]]]',
  ],
  leaves: ['["fn", "call"]', '["n", 3]', '["fn",{},"text",""]'],
};

export const attendeeExamples: DetectorExamples = {
  finds: ['ATTENDEE;ROLE=CHAIR;CN=<<Ada Lovelace>>:mailto:x', 'ORGANIZER;CN="<<Ada Lovelace>>":x'],
  leaves: ['ATTENDEE;CUTYPE=ROOM:mailto:x', 'attendee; see below'],
};
