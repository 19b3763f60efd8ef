/** A text with its escapes taken back, and where each of its characters stood. */
export interface DecodedText {
  readonly text: string;
  /** Place in the original of each character, and of the end. */
  readonly places: Uint32Array;
}

/** Longer texts are decoded up to here. */
const LONGEST = 1 << 20;
const PERCENT = 37;
const BACKSLASH = 92;
const NO_BREAK_SPACE = '\u00a0';
const SOFT_HYPHEN = '\u00ad';
const NONE = -1;
/** Left out of a text: it is not seen, and splits a key for a scanner. */
const INVISIBLE = -2;

/** Escapes of characters that tokens are made of: `%2D`, and not `%20`. */
const PERCENT_ESCAPE = /%(?:2[BDEFbdef]|3[\dAaDd]|4[\dA-Fa-f]|5[\dAaFf]|6[\dA-Fa-f]|7[\dAaEe])/;
const BACKSLASH_ESCAPE = /\\(?:u00[2-7]|x[2-7]|\/)/;
/**
 * Spaces of other widths, what has no width, hyphens of other kinds, the full-width forms of ASCII, and the digits of
 * Arabic, Persian and Hindi. Nothing of Latin-1: for a text of that V8 knows the answer without looking.
 */
const DISGUISED =
  /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u2000-\u200f\u2010-\u2012\u202f\u2060\u2212\u3000\ufeff\uff01-\uff5e]/;

/** The text as a reader takes it, or `undefined` when nothing in it is written in another way. */
export function decodedText(text: string): DecodedText | undefined {
  const isEscaped =
    (text.includes('%') && PERCENT_ESCAPE.test(text)) ||
    (text.includes('\\') && BACKSLASH_ESCAPE.test(text));
  const isDisguised =
    text.includes(NO_BREAK_SPACE) || text.includes(SOFT_HYPHEN) || DISGUISED.test(text);
  if (!isEscaped && !isDisguised) return undefined;
  return decode(text.length > LONGEST ? text.slice(0, LONGEST) : text);
}

function decode(text: string): DecodedText {
  const places = new Uint32Array(text.length + 1);
  const codes = new Uint16Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    let written = 1;
    let meant = code;
    if (code === PERCENT) {
      const value = hex(text, at + 1, 2);
      if (isPrintable(value)) [meant, written] = [value, 3];
    } else if (code === BACKSLASH) [meant, written] = afterBackslash(text, at);
    else if (code >= 0xa0) meant = plain(code);
    if (meant !== INVISIBLE) {
      codes[count] = meant;
      places[count++] = at;
    }
    at += written;
  }
  places[count] = text.length;
  return { text: textOf(codes.subarray(0, count)), places };
}

function afterBackslash(text: string, at: number): [meant: number, written: number] {
  const next = text[at + 1];
  if (next === '/') return [47, 2];
  const digits = next === 'u' ? 4 : next === 'x' ? 2 : 0;
  const value = digits === 0 ? NONE : hex(text, at + 2, digits);
  // A quote or a backslash keeps its escape: it belongs to the text around.
  return isPrintable(value) && value !== 34 && value !== BACKSLASH
    ? [value, 2 + digits]
    : [BACKSLASH, 1];
}

function isPrintable(value: number): boolean {
  return value > 32 && value < 127;
}

function hex(text: string, from: number, length: number): number {
  let value = 0;
  for (let i = from; i < from + length; i++) {
    const digit = Number.parseInt(text.charAt(i), 16);
    if (Number.isNaN(digit)) return NONE;
    value = value * 16 + digit;
  }
  return value;
}

/** The ASCII character that one of `DISGUISED` stands for. */
function plain(code: number): number {
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
  if (code >= 0x0660 && code <= 0x0669) return code - 0x0660 + 48;
  if (code >= 0x06f0 && code <= 0x06f9) return code - 0x06f0 + 48;
  if (code >= 0x0966 && code <= 0x096f) return code - 0x0966 + 48;
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x3000)
    return 32;
  if ((code >= 0x2010 && code <= 0x2012) || code === 0x2212) return 45;
  const isInvisible =
    code === 0xad || (code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff;
  return isInvisible ? INVISIBLE : code;
}

const PART = 8192;

function textOf(codes: Uint16Array): string {
  let text = '';
  for (let from = 0; from < codes.length; from += PART)
    text += String.fromCharCode(...codes.subarray(from, from + PART));
  return text;
}
