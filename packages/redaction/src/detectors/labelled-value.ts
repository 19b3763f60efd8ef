import type { Scan } from '../engine/scan.ts';
import { isPersonalValue, type PersonalKind } from '../keys/personal-names.ts';
import { isNoPassword } from '../keys/no-password.ts';
import { closingQuote } from './closing-quote.ts';
import { isRedacted } from './placeholder-value.ts';

const LONGEST = 120;
const LONGEST_DATE = 40;
/** What ends a value that has no quotes: it may hold spaces. */
const STOPS = new Set('\n\r\t;|&<>{}[]"`\\');

/** A date as people write it, so that the sentence behind it stays. */
const DATE =
  /^(?:\d{4}年\s?\d{1,2}月\s?\d{1,2}日|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:T[\d:.]+Z?)?|\d{1,2}(?:\.|st|nd|rd|th)? (?:de |of )?\p{L}{3,12}\.?,? (?:de )?\d{4}|\p{L}{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|(?:19|20)\d{6})(?![\p{L}\d])/u;

const BOTH =
  /(?:sur|last ?|family ?|nach|zu|familien)?name, ?(?:first ?name|given ?name|vorname|forename)\s?[:=]\s{0,4}$/i;
const LONGEST_LABEL = 40;
const NEXT_FIELD = /[,;] {0,2}[.\w-]{1,48} ?[:=]/;
/** `NameNode;` */
const TYPE = /^\p{Lu}\p{Ll}+\p{Lu}\w*$/u;
/** Words that start as names do, before something else: digits, an address. */
const FIRST_NAMES = /^\p{Lu}[\p{L}\p{M}'’-]*(?: \p{Lu}[\p{L}\p{M}'’-]*){0,3}(?=[\s,])/u;

/** The value of a field such as `First name:`, quoted or up to the end of the line. */
export function findLabelled(scan: Scan, start: number, from: number, kind: PersonalKind): boolean {
  const { text } = scan;
  if (from > start) {
    const close = closingQuote(scan, from, text.slice(start, from));
    const to = close < 0 ? bareEnd(scan, from, false) : close;
    return isPersonalValue(kind, text.slice(from, to)) && scan.found(kind, from, to);
  }
  const isAddress = kind === 'postal_address';
  const isBoth = kind === 'person_name' && isBothNames(text, start);
  const to = bareEnd(scan, from, !isAddress && !isBoth);
  // What stood behind it was redacted: with that, the value was judged before.
  if (isRedacted(text, to)) return false;
  const whole = text.slice(from, to).trimEnd();
  // `Street: …, key: …`: an address has commas, and the next field one before it.
  const next = isAddress ? whole.search(NEXT_FIELD) : -1;
  const value = next < 0 ? whole : whole.slice(0, next);
  if (kind === 'date_of_birth' && findBirthDate(scan, from)) return true;
  // In code a word in small letters is a type or a variable.
  if ((kind === 'person_name' || isAddress) && !/^[\p{Lu}\p{Lo}\d]/u.test(value)) return false;
  if (kind === 'person_name' && text[to] === ';' && TYPE.test(value)) return false;
  if (!isPersonalValue(kind, value)) return firstWord(scan, from, to, kind);
  return scan.found(kind, from, from + value.length);
}

/** `Name, Vorname: …`, `Last name, first name: …`: the value has the comma as well. */
function isBothNames(text: string, start: number): boolean {
  return BOTH.test(text.slice(Math.max(0, start - LONGEST_LABEL), start));
}

/** The date behind `born on`. */
export function findBirthDate(scan: Scan, from: number): boolean {
  const date = DATE.exec(scan.text.slice(from, from + LONGEST_DATE))?.[0];
  return date !== undefined && scan.found('date_of_birth', from, from + date.length);
}

/** "my SSN is 123456789 and …", "surname=Iyer card 4111 …": the value may be the first words only. */
function firstWord(scan: Scan, from: number, to: number, kind: PersonalKind): boolean {
  if (kind === 'postal_address') return false;
  const looked = scan.text.slice(from, to);
  const value =
    kind === 'person_name'
      ? (FIRST_NAMES.exec(looked)?.[0] ?? '')
      : (/^[^\s,)]+/.exec(looked)?.[0].replace(/[.!?]+$/, '') ?? '');
  const end = from + value.length;
  if (kind === 'person_name' && isNoPassword(scan.text, from, from + value.search(/ |$/)))
    return false;
  return isPersonalValue(kind, value) && scan.found(kind, from, end);
}

function bareEnd(scan: Scan, from: number, commaEnds: boolean): number {
  const limit = Math.min(scan.length, from + LONGEST);
  let at = from;
  for (; at < limit; at++) {
    const character = scan.text[at]!;
    if (STOPS.has(character) || (commaEnds && character === ',')) break;
  }
  scan.work += at - from;
  return at;
}
