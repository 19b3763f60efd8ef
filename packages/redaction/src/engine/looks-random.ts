import { DIGITS, isIn, kindOf, LETTERS, LOWER, UPPER } from './characters.ts';
import { wordPairs } from './word-pairs.ts';

/** Longest part that is judged: enough to tell, and the cost stays bounded. */
const JUDGED = 64;
const LONGEST_SCHEME = 16;
const PLACEHOLDER = '[REDACTED';
/** Of the pairs of letters in words, more than nine in ten are common; of those at random, four. */
const WORD_SHARE = 0.7;
const LEAST_PAIRS = 6;
const LEAST_LETTERS = 12;

/**
 * Whether the characters look drawn at random, as in a key, and not chosen, as in a name. Counts how often the
 * kind of character (digit, upper, lower, other) changes: more than half of the steps in random base62, about
 * half in hex, under a quarter in identifiers. Dates, versions, paths and UUIDs are not random.
 */
export function looksRandom(text: string, from: number, to: number): boolean {
  return isMixed(text, from, to) && !isPartlyRedacted(text, from, to);
}

/**
 * Whether a value behind a name that may mean a secret is one: at random, or a UUID, which some services give out as
 * tokens.
 */
export function isLikelySecret(text: string, from: number, to: number): boolean {
  return looksRandom(text, from, to) || isUuid(text, from, to) || isLettersOfNoWord(text, from, to);
}

/** Base32 and letters at random without a digit among them: rare, and common pairs are rare in them. */
function isLettersOfNoWord(text: string, from: number, to: number): boolean {
  if (to - from < LEAST_LETTERS || to - from > JUDGED) return false;
  for (let i = from; i < to; i++) if (!isIn(LETTERS, text.charCodeAt(i))) return false;
  return isNoWord(text, from, to);
}

/** Whether the letters are those of no word: for values that are letters only. */
export function isNoWord(text: string, from: number, to: number): boolean {
  const { pairs, common } = wordPairs(text, from, Math.min(to, from + JUDGED));
  return pairs >= LEAST_PAIRS && common / pairs < WORD_SHARE;
}

/** What is left of a value around a placeholder says nothing: it was judged when it was whole. */
function isPartlyRedacted(text: string, from: number, to: number): boolean {
  const end = Math.min(to, from + JUDGED);
  return text.startsWith(PLACEHOLDER, end) || text.slice(from, end).includes(PLACEHOLDER);
}

function isMixed(text: string, from: number, to: number): boolean {
  const end = Math.min(to, from + JUDGED);
  const length = end - from;
  if (length < 8) return false;
  let digits = 0;
  let upper = 0;
  let lower = 0;
  let changes = 0;
  let separators = 0;
  let previous = 0;
  for (let i = from; i < end; i++) {
    const bits = kindOf(text.charCodeAt(i));
    let kind = 0;
    if ((bits & LOWER) !== 0) {
      kind = 1;
      lower++;
    } else if ((bits & DIGITS) !== 0) {
      kind = 2;
      digits++;
    } else if ((bits & UPPER) !== 0) {
      kind = 3;
      upper++;
    } else separators++;
    if (i > from && kind !== previous) changes++;
    previous = kind;
  }
  const letters = upper + lower;
  if (digits === 0 || letters === 0) {
    // Without digits only strongly mixed case is no word; without letters it is a number or a date.
    if (letters < 16 || upper < 4 || lower < 4 || separators > 0) return false;
    return changes / length > 0.45 || (changes / length > 0.3 && isNoWord(text, from, end));
  }
  if (isUuid(text, from, end) || isPath(text, from, end)) return false;
  const rate = (changes - Math.min(separators * 2, changes)) / length;
  // Both cases and digits change often in a key, and at the starts of words in `exchangeX509Token`.
  if (upper > 0 && lower > 0)
    return rate >= 0.37 || (rate >= 0.2 && separators * 8 <= length && isNoWord(text, from, end));
  return digits >= 2 && rate >= (length >= 20 ? 0.2 : 0.25);
}

function isUuid(text: string, from: number, to: number): boolean {
  return (
    to - from === 36 &&
    text[from + 8] === '-' &&
    text[from + 13] === '-' &&
    text[from + 18] === '-' &&
    text[from + 23] === '-'
  );
}

/** `/usr/lib/x86_64`, `https://host/v1`, `img.v2.example`: parts joined by slashes or dots, most of them words. */
function isPath(text: string, from: number, to: number): boolean {
  // Base64 may start with a slash as well.
  if (text[from] === '/' || text[from] === '.') return !isNoWord(text, from, to);
  const scheme = text.slice(from, Math.min(to, from + LONGEST_SCHEME)).indexOf('://');
  return scheme > 0;
}
