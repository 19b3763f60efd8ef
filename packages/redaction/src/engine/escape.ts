const AMPERSAND = 38;
const PERCENT = 37;
const BACKSLASH = 92;
const NONE = -1;
const MOST_BACKSLASHES = 16;

/** Escapes of characters that are seen: `%2D`, and not `%20`. UTF-8 beyond ASCII. */
const PERCENT_ESCAPE = /%(?:2[1-9A-Fa-f]|[3-7][\dA-Fa-f]|[C-Fc-f][\dA-Fa-f]%|[Uu][\dA-Fa-f]{4})/y;
const BACKSLASH_ESCAPE =
  /\\(?:u[\dA-Fa-f]{4}|u\{0*[\dA-Fa-f]|U000|x[2-7]|0[4-7][0-7]|1[0-7]{2}|[/._~=+-])/y;
const ENTITY = /&(?:#(?:\d{2,7}|[Xx][\dA-Fa-f]{1,6})|[A-Za-z]{2,16};)/y;
const NUMERIC = /&#(?:(\d{2,7})|[Xx]0*([\dA-Fa-f]{1,6}));?/y;
const NAMED = /&([A-Za-z]{2,16});/y;

/** References by name to what tokens and the texts around them are made of, and to what is not seen. */
const entities: ReadonlyMap<string, number> = new Map([
  ...Object.entries({ amp: 38, lt: 60, gt: 62, quot: 34, apos: 39, nbsp: 32, shy: 0xad }),
  ...Object.entries({
    hyphen: 45,
    dash: 45,
    lowbar: 95,
    UnderBar: 95,
    sol: 47,
    bsol: 92,
    plus: 43,
  }),
  ...Object.entries({
    equals: 61,
    period: 46,
    colon: 58,
    commat: 64,
    num: 35,
    excl: 33,
    dollar: 36,
  }),
  ...Object.entries({ percnt: 37, ast: 42, semi: 59, comma: 44, quest: 63, Hat: 94, grave: 96 }),
  ...Object.entries({
    zwj: 0x200d,
    zwnj: 0x200c,
    NoBreak: 0x2060,
    ZeroWidthSpace: 0x200b,
    lrm: 0x200e,
  }),
  ...Object.entries({ rlm: 0x200f, InvisibleTimes: 0x2062, ic: 0x2063, af: 0x2061 }),
]);

/** A character written in another way: which one, and how many characters that takes. */
export interface Escape {
  readonly code: number;
  readonly length: number;
}

/** Whether something in the text looks like an escape of a character that matters. */
export function hasEscapes(text: string): boolean {
  return (
    standsAtOne(text, '%', PERCENT_ESCAPE) ||
    standsAtOne(text, '\\', BACKSLASH_ESCAPE) ||
    standsAtOne(text, '&', ENTITY)
  );
}

/** From mark to mark: a search by the pattern looks at every character, and takes twenty times as long. */
function standsAtOne(text: string, mark: string, pattern: RegExp): boolean {
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return true;
  }
  return false;
}

/** The escape that starts at `at`, or `undefined`. */
export function escapeAt(text: string, at: number): Escape | undefined {
  const code = text.charCodeAt(at);
  if (code === PERCENT) return percentEscape(text, at);
  if (code === BACKSLASH) return backslashEscape(text, at);
  return code === AMPERSAND ? entity(text, at) : undefined;
}

function percentEscape(text: string, at: number): Escape | undefined {
  if ((text.charCodeAt(at + 1) | 32) === 117) return escape(hex(text, at + 2, 4), 6);
  const first = hex(text, at + 1, 2);
  if (first < 0x80) return escape(first, 3);
  // UTF-8: the first byte says how many follow.
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  let code = first & (0x3f >> more);
  for (let i = 1; i <= more; i++) {
    const next = text.charCodeAt(at + 3 * i) === PERCENT ? hex(text, at + 3 * i + 1, 2) : NONE;
    if (next < 0x80 || next > 0xbf) return undefined;
    code = (code << 6) | (next & 0x3f);
  }
  return escape(code, 3 + 3 * more);
}

/** A run of backslashes is one: each text inside of a text doubles them. */
function backslashEscape(text: string, at: number): Escape | undefined {
  let start = at;
  while (start - at < MOST_BACKSLASHES && text.charCodeAt(start + 1) === BACKSLASH) start++;
  const found = escapeBehindBackslash(text, start + 1);
  return found && { code: found.code, length: found.length + start + 1 - at };
}

function escapeBehindBackslash(text: string, at: number): Escape | undefined {
  const mark = text.charAt(at);
  switch (mark) {
    case 'u':
      return text.charAt(at + 1) === '{' ? braced(text, at) : unit(text, at);
    case 'U':
      return inText(escape(hex(text, at + 1, 8), 9));
    case 'x':
      return inText(escape(hex(text, at + 1, 2), 3));
    case '0':
    case '1': {
      const octal = /^[01][0-7]{2}/.test(text.slice(at, at + 3));
      return octal ? inText(escape(Number.parseInt(text.slice(at, at + 3), 8), 3)) : undefined;
    }
    default:
      // `\/` of JSON, `\_` and `\-` of Markdown.
      return mark !== '' && '/._~=+-'.includes(mark)
        ? { code: mark.charCodeAt(0), length: 1 }
        : undefined;
  }
}

/** `\ud835\udc00` is one character. */
function unit(text: string, at: number): Escape | undefined {
  const high = hex(text, at + 1, 4);
  const low = text.startsWith(String.raw`\u`, at + 5) ? hex(text, at + 7, 4) : NONE;
  const isPair = high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
  if (!isPair) return inText(escape(high, 5));
  return { code: 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), length: 11 };
}

function braced(text: string, at: number): Escape | undefined {
  const [whole, digits = ''] = /^u\{([\dA-Fa-f]{1,8})\}/.exec(text.slice(at, at + 11)) ?? [];
  return whole === undefined
    ? undefined
    : inText(escape(Number.parseInt(digits, 16), whole.length));
}

/** A quote or a backslash keeps its escape: it belongs to the text around. */
function inText(found: Escape | undefined): Escape | undefined {
  return found?.code === 34 || found?.code === BACKSLASH ? undefined : found;
}

function entity(text: string, at: number): Escape | undefined {
  NUMERIC.lastIndex = at;
  const numeric = NUMERIC.exec(text);
  if (numeric !== null) {
    const [whole, decimal, hexadecimal = ''] = numeric;
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return escape(code, whole.length);
  }
  NAMED.lastIndex = at;
  const [whole = '', name = ''] = NAMED.exec(text) ?? [];
  const code = entities.get(name);
  return code === undefined ? undefined : { code, length: whole.length };
}

/** Control characters and spaces are no part of a token. */
function escape(code: number, length: number): Escape | undefined {
  const isOne = (code > 32 && code < 127) || (code >= 0xa0 && code <= 0x10ffff);
  return isOne ? { code, length } : undefined;
}

function hex(text: string, from: number, length: number): number {
  let value = 0;
  for (let i = from; i < from + length; i++) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit < 0) return NONE;
    value = value * 16 + digit;
  }
  return value;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : NONE;
}
