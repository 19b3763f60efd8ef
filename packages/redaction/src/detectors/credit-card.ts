import { ANY_CASE_HEX, BASE62, DIGITS, isIn } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import { isIssued } from './card-ranges.ts';
import { isEmphasis } from './emphasis.ts';
import { labelBefore, labels, words } from './label-before.ts';
import type { DigitDetector, DigitGroups, DetectorExamples } from './detector.ts';

const LEAST_DIGITS = 12;
const MOST_DIGITS = 19;
const MOST_GROUPS = 5;
const cardWords = words(
  'card pan visa mastercard maestro creditcard kreditkarte karte kartennummer carte tarjeta cartão cartao carta',
);
const cardLabels = labels(cardWords, (word) => cardWords.has(word) || undefined);
const GROUP = 4;
const HYPHEN = 45;
const UNDERSCORE = 95;
const SMALL_N = 110;
const SPACE = 32;
const ONE = 49;
const FULL_STOP = 46;
const CARET = 94;
const SMALL_D = 100;
const EQUALS = 61;
const PERCENT_SIGN = 37;
const LONGEST_TRACK = 80;
const TRACK_REST = /^(?:\^[^^\n"]{2,26}\^\d{7,40}|=\d{7,30}|[Dd]\d{7,30}F?)\??/;
/** The date and what follows it on the second track, where `D` stands for the separator. */
const DISCRETE = /[Dd]\d{2}(?:0[1-9]|1[0-2])\d{3,26}F?(?![\dA-Za-z])/y;
/** Sizes of groups on cards, and how the numbers start that are written so. */
const groupings: ReadonlyMap<string, RegExp> = new Map([
  ['4444', /^/],
  ['44443', /^/],
  // American Express, and Diners Club.
  ['465', /^3[47]/],
  ['464', /^3[0689]/],
]);
/** Those of other issuers and lengths, with a word for a card before them. */
const labelledGroupings: ReadonlySet<string> = new Set([
  '444',
  '445',
  '4441',
  '465',
  '456',
  '464',
  '44441',
  '44442',
]);
/** Written without groups, other lengths are far more often an id, a time or an article number than a card. */
const PLAIN_LENGTHS = flags([14, 15, 16]);
/** With a word for a card before them. */
const LABELLED_LENGTHS = flags([12, 13, 18, 19]);

/** A payment card number: issuer range, length for that issuer, and check digit must all agree. */
export const creditCard: DigitDetector = {
  kind: 'credit_card',
  preset: 'pii',
  findDigits(scan, groups, index) {
    const from = groups.from(index);
    const size = groups.to(index) - from;
    const isPlain = size === GROUP || PLAIN_LENGTHS[size] === 1;
    // Times start with 1.
    if (!isPlain && (LABELLED_LENGTHS[size] !== 1 || scan.code(from) === ONE)) return 0;
    if (!mayStart(scan, from)) return 0;
    let digits = '';
    for (let last = index; last < Math.min(groups.count, index + MOST_GROUPS); last++) {
      if (last > index && !isJoined(scan, groups, index, last)) break;
      digits += scan.text.slice(
        groups.from(last),
        Math.min(groups.to(last), groups.from(last) + 20),
      );
      if (digits.length > MOST_DIGITS) break;
      const count = last - index + 1;
      if (digits.length < LEAST_DIGITS || !mayEnd(scan, groups.to(last))) continue;
      if (!isIssued(digits) || !passesLuhn(digits)) continue;
      if (count > 1 && !isGrouping(scan, groups, index, last, digits)) continue;
      if (count === 1 && !isPlain && !isLabelled(scan, from)) continue;
      const [start, end] = trackAround(scan, from, groups.to(last));
      scan.alsoFound('credit_card', start, end);
      return count;
    }
    return 0;
  },
};

/** A 1 for each of these lengths: asked for every number. */
function flags(lengths: readonly number[]): Uint8Array {
  const all = new Uint8Array(MOST_DIGITS + 1);
  for (const length of lengths) all[length] = 1;
  return all;
}

function isLabelled(scan: Scan, from: number): boolean {
  return labelBefore(scan.text, from, cardLabels) === true;
}

/** One space, hyphen, full stop or underscore between groups, the same one throughout. */
function isJoined(scan: Scan, groups: DigitGroups, first: number, last: number): boolean {
  const gap = groups.to(last - 1);
  const code = scan.code(gap);
  return (
    groups.from(last) - gap === 1 &&
    (code === SPACE || code === HYPHEN || code === FULL_STOP || code === UNDERSCORE) &&
    code === scan.code(groups.to(first))
  );
}

/**
 * Whether the groups are those on a card of that issuer. Any others are numbers that happen to stand side by side: one in
 * fifty rows of six would hold a card.
 */
function isGrouping(
  scan: Scan,
  groups: DigitGroups,
  first: number,
  last: number,
  digits: string,
): boolean {
  let sizes = '';
  for (let i = first; i <= last; i++) sizes += groups.to(i) - groups.from(i);
  if (groupings.get(sizes)?.test(digits) === true) return true;
  return labelledGroupings.has(sizes) && isLabelled(scan, groups.from(first));
}

/** Not inside a word, a decimal, an id in hex, or a UUID. */
function mayStart(scan: Scan, from: number): boolean {
  const before = scan.code(from - 1);
  if (isTrackStart(scan, from)) return true;
  if (isIn(BASE62, before)) return scan.isBoundary(from);
  if (before === UNDERSCORE) return isEmphasis(scan, from - 1, -1);
  const beforeThat = scan.code(from - 2);
  if (before === FULL_STOP) return !isIn(DIGITS, beforeThat);
  return before !== HYPHEN || !(isIn(ANY_CASE_HEX, beforeThat) && scan.code(from - 6) === HYPHEN);
}

function mayEnd(scan: Scan, to: number): boolean {
  const code = scan.code(to);
  if ((code | 32) === SMALL_D) return isDiscrete(scan, to);
  // `4242_4242_4242_4242n`, a number of JavaScript.
  if (code === SMALL_N && scan.code(to - 5) === UNDERSCORE) return !scan.is(BASE62, to + 1);
  if (isIn(BASE62, code)) return false;
  if (code === UNDERSCORE) return isEmphasis(scan, to, 1);
  return !((code === FULL_STOP || code === HYPHEN) && isIn(BASE62, scan.code(to + 1)));
}

function isDiscrete({ text }: Scan, at: number): boolean {
  DISCRETE.lastIndex = at;
  return DISCRETE.test(text);
}

/** `%B<number>^NAME^…?` or `;<number>=…?`: what a magnetic stripe holds goes as a whole. */
function trackAround(scan: Scan, from: number, to: number): readonly [number, number] {
  const next = scan.code(to);
  if ((next | 32) !== SMALL_D && next !== CARET && !(next === EQUALS && scan.is(DIGITS, to + 4)))
    return [from, to];
  const rest = TRACK_REST.exec(scan.text.slice(to, to + LONGEST_TRACK));
  if (rest === null) return [from, to];
  return [isTrackStart(scan, from) ? from - 2 : from, to + rest[0].length];
}

function isTrackStart(scan: Scan, from: number): boolean {
  return (scan.code(from - 1) | 32) === 98 && scan.code(from - 2) === PERCENT_SIGN;
}

/** The check digit of Luhn: every second digit from the right doubled, digit sums added, a multiple of ten. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = digit * 2;
    sum += i % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

export const creditCardExamples: DetectorExamples = {
  finds: [
    'card <<4242 4242 4242 4242>>',
    '5555-5555-5555-4444',
    '<<378282246310005>>, American Express',
    '5555.5555.5555.4444',
    'card number: <<4222222222222>>',
    '3782 822463 10005',
    '3056 930902 5904',
    'track2=<<4242424242424242D28092010000012345678F>>',
    'Maestro <<5018 0000 0009>>',
    'use _<<4242424242424242>>_ now',
    '__<<4242 4242 4242 4242>>__',
    'const card = <<4242_4242_4242_4242>>;',
    'const card = <<4242_4242_4242_4242>>n;',
    '<<3782_822463_10005>>',
  ],
  leaves: [
    '4242 4242 4242 4243',
    '0.4242424242424242',
    'order 4000-1234-5678-9011',
    '1763000000000000000',
    '4222222222222',
    'discard 4222222222222',
    '0.4242.4242.4242.4242',
    'card 4222222222223',
    '99387 1275 872335 75749 38 9',
    '5018 0000 0009',
    'run_4242424242424242_1',
    'id_4242_4242_4242_4242',
    '4242_4242_4242_4242_4242',
  ],
};
