/** It is not seen, and splits a token for a scanner: left out of a text. */
export const INVISIBLE = -2;
/** It stands for itself. */
const SAME = -1;
const UNKNOWN = 0;
const SPACE = 32;
const HYPHEN = 45;
const EN_DASH = 0x2013;

/** What is not seen where it stands, and marks that are put on the letter before. */
const UNSEEN = /^[\p{Default_Ignorable_Code_Point}\u0300-\u036f]$/u;
const DIGIT = /^\p{Nd}$/u;
const SPACES = /^\p{Zs}$/u;
/** Hyphens and the sign for minus. Dashes of prose are none. */
const HYPHENS = /^[\u2010-\u2012\u2212]$/u;
/** The halves of pairs that can be one of these: signs of music and shorthand, letters of mathematics, tags. */
const PAIRS = /[\ud82f\ud834\ud835\udb40-\udb43]/;
const BEYOND_LATIN = /[^\0-\xff]/;

/** By UTF-16 code unit, filled as characters are met: some thousand of any text, and each is asked for by its name. */
let known: Int16Array | undefined;

/** The ASCII character that a character stands for, `INVISIBLE`, or the character itself. */
export function plainCharacter(code: number): number {
  if (code < 0xa0) return code === 0 ? INVISIBLE : code;
  const meant = code > 0xffff ? meaning(code) : remembered(code);
  return meant === SAME ? code : meant;
}

/** Whether a character of the text stands for another one, or is not seen. */
export function hasPlainerForm(text: string): boolean {
  if (text.includes('\0') || text.includes('\u00a0') || text.includes('\u00ad')) return true;
  // For a text of Latin-1 V8 knows the answer without looking.
  if (!BEYOND_LATIN.test(text)) return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x100) continue;
    if (remembered(code) !== SAME || (code === EN_DASH && joinsDigits(text, i))) return true;
  }
  return PAIRS.test(text);
}

/** Whether the dash at `at` stands for a hyphen: between digits, where a number may be one of a card or a phone. */
export function joinsDigits(text: string, at: number): boolean {
  return (
    text.charCodeAt(at) === EN_DASH &&
    isDigit(text.charCodeAt(at - 1)) &&
    isDigit(text.charCodeAt(at + 1))
  );
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function remembered(code: number): number {
  known ??= new Int16Array(65_536);
  const before = known[code]!;
  return before === UNKNOWN ? (known[code] = meaning(code)) : before;
}

function meaning(code: number): number {
  if (code >= 0xd800 && code < 0xe000) return SAME;
  const character = String.fromCodePoint(code);
  if (UNSEEN.test(character)) return INVISIBLE;
  if (SPACES.test(character)) return SPACE;
  if (HYPHENS.test(character)) return HYPHEN;
  if (DIGIT.test(character)) return 48 + digit(code);
  // Full width, small, raised, in a circle, of mathematics.
  const folded = character.normalize('NFKC');
  const ascii = folded.length === 1 ? folded.charCodeAt(0) : 0;
  return ascii > SPACE && ascii < 127 ? ascii : SAME;
}

/** The value of a digit: those of a script follow each other from zero on, and those of mathematics in five rows. */
function digit(code: number): number {
  if (code >= 0x1d7ce && code <= 0x1d7ff) return (code - 0x1d7ce) % 10;
  let zero = code;
  while (code - zero < 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}
