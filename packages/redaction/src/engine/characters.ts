// One bit per kind of ASCII character, so that any alphabet of a token format is a mask and one lookup tests it.
const DIGIT = 1;
const LOWER_HEX = 2;
const LOWER_REST = 4;
const UPPER_HEX = 8;
const UPPER_REST = 16;
export const UNDERSCORE = 32;
export const HYPHEN = 64;
const PLUS = 128;
export const SLASH = 256;
export const EQUALS_SIGN = 512;
export const DOT = 1024;
export const PERCENT = 2048;
export const TILDE = 4096;
const SPACE = 8192;
const QUOTE = 1 << 14;
const BACKSLASH = 1 << 15;
const LIST = 1 << 16;
const BRACKET = 1 << 17;
const QUERY = 1 << 18;

/** A set of ASCII characters as a mask of kinds. */
export type Alphabet = number;

export const DIGITS: Alphabet = DIGIT;
export const UPPER: Alphabet = UPPER_HEX | UPPER_REST;
export const LOWER: Alphabet = LOWER_HEX | LOWER_REST;
export const LETTERS: Alphabet = UPPER | LOWER;
export const HEX: Alphabet = DIGIT | LOWER_HEX;
export const ANY_CASE_HEX: Alphabet = HEX | UPPER_HEX;
export const BASE62: Alphabet = DIGIT | LETTERS;
export const UPPER_BASE36: Alphabet = DIGIT | UPPER;
export const URL64: Alphabet = BASE62 | UNDERSCORE | HYPHEN;
export const BASE64: Alphabet = BASE62 | PLUS | SLASH | EQUALS_SIGN;
/** What base64, base64url and hex are made of, without the padding. */
export const ENCODED: Alphabet = URL64 | PLUS | SLASH;
export const UUID: Alphabet = HEX | HYPHEN;
const AT_SIGN = 1 << 19;
const DOLLAR = 1 << 20;
/** Behind the host of a webhook: one of them has an at sign, one a query. */
export const WEBHOOK_PATH: Alphabet = URL64 | SLASH | AT_SIGN | QUERY | EQUALS_SIGN | PERCENT;
export const DOLLAR_WORD: Alphabet = BASE62 | DOLLAR;
/** Base64 as it stands in a query string. */
export const QUERY_BASE64: Alphabet = URL64 | DOT | PERCENT | TILDE | SLASH | PLUS | EQUALS_SIGN;
export const WHITESPACE: Alphabet = SPACE;
/** What ends a value that has no quotes around it. */
export const VALUE_STOPS: Alphabet = SPACE | QUOTE | BACKSLASH | LIST | BRACKET;
/** Behind these, and before `VALUE_STOPS`, a placeholder changes nothing for what stands on the other side. */
export const LEFT_OF_SETTLED: Alphabet = VALUE_STOPS | EQUALS_SIGN | SLASH;
/** What cannot stand in the user information of a URL. */
export const USER_INFO_STOPS: Alphabet = SPACE | QUOTE | BACKSLASH | BRACKET | SLASH | QUERY;

const KINDS: Int32Array = new Int32Array(128);
for (let code = 48; code <= 57; code++) KINDS[code] = DIGIT;
for (let code = 65; code <= 90; code++) KINDS[code] = code <= 70 ? UPPER_HEX : UPPER_REST;
for (let code = 97; code <= 122; code++) KINDS[code] = code <= 102 ? LOWER_HEX : LOWER_REST;
for (const [character, kind] of [
  ['_', UNDERSCORE],
  ['-', HYPHEN],
  ['+', PLUS],
  ['/', SLASH],
  ['=', EQUALS_SIGN],
  ['.', DOT],
  ['%', PERCENT],
  ['~', TILDE],
  ['@', AT_SIGN],
  ['$', DOLLAR],
  [' ', SPACE],
  ['\t', SPACE],
  ['\n', SPACE],
  ['\r', SPACE],
  ['"', QUOTE],
  ["'", QUOTE],
  ['`', QUOTE],
  ['\\', BACKSLASH],
  ...',;&|'.split('').map((character) => [character, LIST] as const),
  ...'<>()[]{}'.split('').map((character) => [character, BRACKET] as const),
  ...'?#'.split('').map((character) => [character, QUERY] as const),
] satisfies (readonly [string, number])[]) {
  KINDS[character.charCodeAt(0)] = kind;
}

/** Whether the character with that code belongs to `alphabet`. False for the `NaN` behind the end of a text. */
export function isIn(alphabet: Alphabet, code: number): boolean {
  return code < 128 && (KINDS[code]! & alphabet) !== 0;
}

/** Whether `\s` stands for the character with that code. */
export function isSpace(code: number): boolean {
  if (code < 0xa0) return code === 32 || (code >= 9 && code <= 13);
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** The kind of the character with that code: the single bit that stands for it in every alphabet, or 0. */
export function kindOf(code: number): number {
  return code < 128 ? KINDS[code]! : 0;
}

/** The codes of all of these characters. */
export function codesOf(characters: string): ReadonlySet<number> {
  return new Set(characters.split('').map((character) => character.charCodeAt(0)));
}

/** From here on writing systems have no spaces between words. */
export const EAST_ASIAN = 0x2e80;
/** Behind their punctuation. */
export const EAST_ASIAN_LETTERS = 0x3040;
