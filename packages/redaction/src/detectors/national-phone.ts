import { EAST_ASIAN_LETTERS } from '../engine/characters.ts';
import { endsEscape } from '../engine/ends-escape.ts';
import type { Scan } from '../engine/scan.ts';
import { hasPhoneLabel, labelledPhoneStart } from './phone-label.ts';
import type { DigitDetector, DigitGroups, DetectorExamples } from './detector.ts';
import { isEmphasis } from './emphasis.ts';

const LEAST_DIGITS = 7;
const MOST_DIGITS = 15;
/** Fewer digits in one group are a time or a count. */
const LEAST_PLAIN = 8;
/** Without a word before it: an area code in parentheses, a British or a French mobile number, and `011` for abroad. */
const DISTINCT =
  /^(?:\(0\d{1,4}\)[ -]?\d{2,4}[ -]?\d{3,5}(?:[ -]?\d{2,4})?|07\d{3} \d{6}|0[67]([ .])\d\d(?:\1\d\d){3}|011 [1-9][\d -]{9,15})$/;
/** Dates, versions and addresses. */
const NO_PHONE =
  /^(?:(?:19|20)\d\d-\d\d-\d\d\b|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,3}(?:\.\d{1,3}){3}$|\d+\.\d+$)/;
/** `415.555.2671 ms` is a measurement. */
const UNIT = /^ ?(?:[mnµu]?s|[KMG]i?B|%|px|em)\b/;

/** A phone number as people of North America write it: `(415) 555-2671`, `415-555-2671`, `1-415-555-2671`. */
export const northAmericanPhone: DigitDetector = {
  kind: 'phone_number',
  preset: 'pii',
  level: 'likely',
  leastGroups: 3,
  findDigits(scan, groups, index) {
    const first =
      size(groups, index) === 1 && scan.code(groups.from(index)) === 49 ? index + 1 : index;
    if (!isShape(groups, first, [3, 3, 4])) return 0;
    const [area, exchange, line] = [first, first + 1, first + 2].map((at) => groups.from(at)) as [
      number,
      number,
      number,
    ];
    if (!isCode(scan, area) || !isCode(scan, exchange)) return 0;
    const inParentheses = scan.text[area - 1] === '(' && scan.text[area + 3] === ')';
    const joint = scan.text.slice(exchange + 3, line);
    const gap = scan.text.slice(area + 3, exchange);
    const from = first > index ? groups.from(index) : inParentheses ? area - 1 : area;
    const to = groups.to(first + 2);
    if (!isFree(scan, from, to) || joint.length !== 1) return 0;
    if (!inParentheses && gap !== joint) return 0;
    const isPlain = joint === ' ' && !inParentheses && first === index;
    if (isPlain && !isLabelled(scan, from)) return 0;
    if (joint === '.' && UNIT.test(scan.text.slice(to, to + 4))) return 0;
    scan.alsoFound('phone_number', from, to);
    return first - index + 3;
  },
};

/** A national number that starts with 0, or with the 00 of another country, and separators or a label before it. */
export const nationalPhone: DigitDetector = {
  kind: 'phone_number',
  preset: 'pii',
  level: 'likely',
  longestGroup: MOST_DIGITS,
  findDigits(scan, groups, index) {
    let from = groups.from(index);
    if (scan.code(from) !== 48) return 0;
    let digits = 0;
    let taken = 0;
    for (let at = index; at < groups.count && !groups.isTaken(at); at++) {
      if (digits + size(groups, at) > MOST_DIGITS) break;
      digits += size(groups, at);
      taken++;
    }
    const to = groups.to(index + taken - 1);
    if (scan.text[from - 1] === '(') from--;
    if (digits < 8 || !isFree(scan, from, to)) return 0;
    const isAbroad = scan.text[groups.from(index) + 1] === '0' && size(groups, index) >= 3;
    const isWritten =
      (isAbroad && digits >= 11 && taken > 1 && scan.text[groups.from(index) + 2] !== '0') ||
      DISTINCT.test(scan.text.slice(from, to));
    if (!isWritten && !isLabelled(scan, from)) return 0;
    scan.alsoFound('phone_number', from, to);
    return taken;
  },
};

/** A number of any form behind a word for a phone: `móvil 612 34 56 78`, `tlf: 22 12 34 56`. */
export const labelledPhone: DigitDetector = {
  kind: 'phone_number',
  preset: 'pii',
  level: 'likely',
  longestGroup: MOST_DIGITS,
  // Other digits stand before the further groups, and no word.
  startsFirst: true,
  findDigits(scan, groups, index) {
    const first = groups.from(index);
    if (first === 0) return 0;
    const start = scan.text[first - 1] === '(' ? first - 1 : first;
    const isTied = '/:：="\'(\\ \t\n\u00a0'.includes(scan.text.charAt(start - 1));
    if (!isTied && scan.code(start - 1) < EAST_ASIAN_LETTERS) return 0;
    const from = labelledPhoneStart(scan.text, start);
    if (from < 0) return 0;
    let digits = 0;
    let taken = 0;
    for (let at = index; at < groups.count && !groups.isTaken(at); at++) {
      if (digits + size(groups, at) > MOST_DIGITS) break;
      digits += size(groups, at);
      taken++;
    }
    if (digits < LEAST_DIGITS) return 0;
    const to = groups.to(index + taken - 1);
    if (/^(?:[\w-]|\.\d)/.test(scan.text.slice(to, to + 2))) return 0;
    if (NO_PHONE.test(scan.text.slice(first, to))) return 0;
    if (taken === 1 && from === start && digits < LEAST_PLAIN) return 0;
    scan.alsoFound('phone_number', from, to);
    return taken;
  },
};

function isShape(groups: DigitGroups, index: number, sizes: readonly number[]): boolean {
  return sizes.every(
    (wanted, offset) =>
      index + offset < groups.count &&
      !groups.isTaken(index + offset) &&
      size(groups, index + offset) === wanted,
  );
}

/** An area or an exchange: starts with 2 to 9, and does not end in 11. */
function isCode(scan: Scan, from: number): boolean {
  return scan.code(from) >= 50 && !(scan.text[from + 1] === '1' && scan.text[from + 2] === '1');
}

function isLabelled(scan: Scan, from: number): boolean {
  return hasPhoneLabel(scan.text, from);
}

function isFree(scan: Scan, from: number, to: number): boolean {
  const isGlued =
    /[\w.+/-]/.test(scan.text.charAt(from - 1)) &&
    !isEmphasis(scan, from - 1, -1) &&
    !endsEscape(scan.text, from);
  return (
    !isGlued && (!/^(?:[\w-]|\.\d)/.test(scan.text.slice(to, to + 2)) || isEmphasis(scan, to, 1))
  );
}

function size(groups: DigitGroups, index: number): number {
  return groups.to(index) - groups.from(index);
}

export const nationalPhoneExamples: DetectorExamples = {
  finds: [
    '(415) 555-2671',
    'call <<415-555-2671>> now',
    'Tel. <<030 1234567>>',
    '(030) 1234567',
    'ring _<<(415) 555-2671>>_ now',
    '07700 900123',
    '06 12 34 56 78',
    '011 44 20 7946 0958',
  ],
  leaves: ['415.555.2671 ms', '0301234567', '2026-11-20', '01 02 03 04 05', '06 12 34 56 78 90'],
};

export const labelledPhoneExamples: DetectorExamples = {
  finds: [
    'Telefon: <<030/1234567>>',
    'móvil <<612 34 56 78>>',
    'telefone: <<(11) 91234-5678>>',
    'telefoon: <<06-12345678>>',
    'тел.: <<8 (912) 345-67-89>>',
    '電話: <<03-1234-5678>>',
    '电话：<<138 0013 8000>>',
    '전화: <<010-1234-5678>>',
    'whatsapp <<5511912345678>>',
    'my number is <<07700 900123>>',
    'ph: <<415 555 2671>>',
    'tlf <<22 12 34 56>>',
    'nr tel. <<601 234 567>>',
    'फोन: <<98765 43210>>',
    '私の電話番号は<<090-7333-4435>>です',
    '我的手机号是<<13852768948>>',
    'الهاتف: <<0501234567>>',
    'Handynummer: <<0170 1234567>>',
  ],
  leaves: [
    'hotel 1234567',
    'mobile 2026-11-27',
    'cell 123456',
    'phone 10.15.7.12',
    'fax 27.11.2026',
    'sms 1763000000000000000',
    'mobile 1234567.89',
  ],
};
