import { BASE62, DIGITS, isIn, LOWER, UPPER, UPPER_BASE36 } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import type { DigitDetector, DetectorExamples } from './detector.ts';

const LONGEST = 33;
const LONGEST_WRITTEN = 42;
const SPACE = 32;
const HYPHEN = 45;

/** Length of an account number by country, from the registry of the standard. */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    15: 'NO',
    16: 'BE',
    18: 'DK FI FO GL NL SD',
    19: 'MK SI',
    20: 'AT BA EE KZ LT LU MN XK',
    21: 'CH HR LI LV',
    22: 'BG BH CR DE GB GE IE ME RS VA',
    23: 'AE GI IL IQ OM SO TL',
    24: 'AD CZ ES MD PK RO SA SE SK TN VG',
    25: 'AO CV GW LY MZ PT ST',
    26: 'DZ IR IS TR',
    27: 'BI CF CG CM DJ FR GA GQ GR IT KM MC MG MR SM TD',
    28: 'AL AZ BF BJ BY CI CY DO GT HN HU LB MA ML NE NI PL SN SV TG',
    29: 'BR EG PS QA UA',
    30: 'JO KW MU YE',
    31: 'MT SC',
    32: 'LC',
    33: 'RU',
  }).flatMap(([length, countries]) =>
    countries.split(' ').map((country) => [country, Number(length)] as const),
  ),
);

/** An international bank account number, written as one word or in groups of four. */
export const iban: DigitDetector = {
  kind: 'iban',
  preset: 'pii',
  startsFirst: true,
  findDigits(scan, groups, index) {
    // It starts with letters, so in a stretch of digits only the first group can be near the start.
    const from = index === 0 ? startBefore(scan, groups.from(0)) : -1;
    if (from < 0) return 0;
    const to = ibanEnd(scan, from);
    if (to <= from) return 0;
    scan.alsoFound('iban', from, to);
    let taken = 1;
    while (index + taken < groups.count && groups.from(index + taken) < to) taken++;
    return taken;
  },
};

function startBefore(scan: Scan, digits: number): number {
  const end = isGap(scan.code(digits - 1)) ? digits - 1 : digits;
  return isIn(LOWER, scan.code(end - 1)) ? smallStart(scan, digits, end) : ibanStart(scan, digits);
}

/**
 * The same in small letters: two of them in front of the digits, or four of a bank behind the check digits. Ids in hex have
 * both, but no word that starts there.
 */
function smallStart(scan: Scan, digits: number, end: number): number {
  if (!isIn(LOWER, scan.code(end - 2))) return -1;
  if (!isIn(BASE62, scan.code(end - 3))) return end === digits ? smallCountry(scan, end - 2) : -1;
  if (!isIn(LOWER, scan.code(end - 3)) || !isIn(LOWER, scan.code(end - 4))) return -1;
  const check = isGap(scan.code(end - 5)) ? end - 5 : end - 4;
  return isIn(DIGITS, scan.code(check - 1)) && isIn(DIGITS, scan.code(check - 2))
    ? smallCountry(scan, check - 4)
    : -1;
}

function smallCountry(scan: Scan, at: number): number {
  const isCountry =
    isIn(LOWER, scan.code(at)) && isIn(LOWER, scan.code(at + 1)) && scan.isBoundary(at);
  return isCountry && LENGTHS.has(scan.text.slice(at, at + 2).toUpperCase()) ? at : -1;
}

function isGap(code: number): boolean {
  return code === SPACE || code === HYPHEN;
}

/** Where country and check digits stand that belong to the digits at `digits`: directly, or one group of letters before. */
function ibanStart(scan: Scan, digits: number): number {
  const lowest = Math.max(0, digits - LONGEST);
  for (let at = digits - 2; at >= lowest; at--) {
    if (isStart(scan, at)) return at;
    const code = scan.code(at + 1);
    if (!isIn(UPPER_BASE36, code) && !isGap(code)) return -1;
    scan.work++;
  }
  return -1;
}

function isStart(scan: Scan, at: number): boolean {
  return (
    isIn(UPPER, scan.code(at)) &&
    isIn(UPPER, scan.code(at + 1)) &&
    isIn(DIGITS, scan.code(at + 2)) &&
    isIn(DIGITS, scan.code(at + 3)) &&
    scan.isBoundary(at) &&
    LENGTHS.has(scan.text.slice(at, at + 2))
  );
}

function ibanEnd(scan: Scan, from: number): number {
  const length = LENGTHS.get(scan.text.slice(from, from + 2).toUpperCase())!;
  // All letters are as large as the first two.
  const alphabet = DIGITS | (isIn(UPPER, scan.code(from)) ? UPPER : LOWER);
  let account = '';
  let at = from;
  for (; account.length < length && at < from + LONGEST_WRITTEN; at++) {
    const code = scan.code(at);
    if (isIn(alphabet, code)) account += scan.text[at]!;
    else if (!isGap(code)) return -1;
  }
  scan.work += at - from;
  if (account.length < length || isIn(BASE62, scan.code(at))) return -1;
  return passesMod97(account) ? at : -1;
}

/** Country and check digits moved to the end, letters as 10 to 35, the number modulo 97 must be 1. */
export function passesMod97(account: string): boolean {
  let remainder = 0;
  for (const character of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

export const ibanExamples: DetectorExamples = {
  finds: [
    'IBAN <<DE89 3704 0044 0532 0130 00>>, thanks',
    'GB29NWBK60161331926819',
    'to <<de89370400440532013000>>.',
    'de89 3704 0044 0532 0130 00',
    'gb29nwbk60161331926819',
    'iban=<<gb29 nwbk 6016 1331 9268 19>>',
  ],
  leaves: [
    'DE89 3704 0044 0532 0130 01',
    'DE123456789',
    'GB29{upper:18}',
    'dE89370400440532013000',
    'de89370400440532013001',
  ],
};
