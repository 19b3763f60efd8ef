import { endsEscape } from '../engine/ends-escape.ts';
import type { Scan } from '../engine/scan.ts';
import type { DigitDetector, DigitGroups, DetectorExamples } from './detector.ts';

const LOOK_BACK = 32;
const LABEL =
  /(?:tel|telephone|phone|mobile|mobil|cell|fax|handy|whatsapp|sms|call|ring|reach|text|contact)(?:[ _-]?(?:number|nr|no|me|us|him|her|them))?\.?["'`*\\]{0,8}(?: (?:at|on|is))?[:=\s"'(\\]{1,10}$/i;
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
  findDigits(scan, groups, index) {
    let from = groups.from(index);
    if (scan.code(from) !== 48) return 0;
    let digits = 0;
    let taken = 0;
    for (let at = index; at < groups.count && !groups.isTaken(at); at++) {
      if (digits + size(groups, at) > 15) break;
      digits += size(groups, at);
      taken++;
    }
    const to = groups.to(index + taken - 1);
    if (scan.text[from - 1] === '(') from--;
    if (digits < 8 || !isFree(scan, from, to)) return 0;
    const isAbroad = scan.text[groups.from(index) + 1] === '0' && size(groups, index) >= 3;
    const isWritten =
      isAbroad && digits >= 11 && taken > 1 && scan.text[groups.from(index) + 2] !== '0';
    if (!isWritten && !isLabelled(scan, from)) return 0;
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
  return LABEL.test(scan.text.slice(Math.max(0, from - LOOK_BACK), from));
}

function isFree(scan: Scan, from: number, to: number): boolean {
  const isGlued = /[\w.+/-]/.test(scan.text.charAt(from - 1)) && !endsEscape(scan.text, from);
  return !isGlued && !/^(?:[\w-]|\.\d)/.test(scan.text.slice(to, to + 2));
}

function size(groups: DigitGroups, index: number): number {
  return groups.to(index) - groups.from(index);
}

export const nationalPhoneExamples: DetectorExamples = {
  finds: ['(415) 555-2671', 'call <<415-555-2671>> now', 'Tel. <<030 1234567>>'],
  leaves: ['415.555.2671 ms', '0301234567', '2026-11-20'],
};
