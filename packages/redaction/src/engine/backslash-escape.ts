import { type Escape, escapeOf, hexAt } from './escaped-character.ts';

const BACKSLASH = 92;
const QUOTE = 34;
const MOST_BACKSLASHES = 16;
/** In front of a quote: texts in texts in texts. More are not told apart. */
const MOST_WRITTEN = 7;

/** What Markdown, shells, files of properties and JSON (`\/`) put a backslash in front of, beside quotes. */
const PLAIN = '/._~=+-:@#! ?&$()';
/** What may be an escape. `\n` and its like are read as they are, and a quote with one belongs to the text around. */
export const BACKSLASH_ESCAPE: RegExp =
  /\\(?:u[\dA-Fa-f]{4}|[ux]\{0*[\dA-Fa-f]|U000|x[2-7]|x0[9ADad]|0[4-7][0-7]|01[125]|1[0-7]{2}|[/._~=+\-:@#! ?&$()])/y;
const OCTAL = /[01][0-7]{2}/y;
const BRACED = /[ux]\{([\dA-Fa-f]{1,8})\}/y;

/** The escape whose first backslash is at `at`, or `undefined`. A run of backslashes is one: each text inside of a text doubles them. */
export function backslashEscapeAt(text: string, at: number): Escape | undefined {
  let start = at;
  while (start - at < MOST_BACKSLASHES && text.charCodeAt(start + 1) === BACKSLASH) start++;
  const found = escapeBehind(text, start + 1);
  if (found === undefined) return undefined;
  const run = start + 1 - at;
  const length = found.length + run;
  if (found.code === QUOTE) return asInText(QUOTE, length, quoteDepth(run));
  return found.code === BACKSLASH
    ? asInText(BACKSLASH, length, backslashDepth(run) - 1)
    : { code: found.code, length };
}

function escapeBehind(text: string, at: number): Escape | undefined {
  const mark = text.charAt(at);
  switch (mark) {
    case 'u':
      return text.charAt(at + 1) === '{' ? braced(text, at) : unit(text, at);
    case 'U':
      return escapeOf(hexAt(text, at + 1, 8), 9);
    case 'x':
      return text.charAt(at + 1) === '{' ? braced(text, at) : escapeOf(hexAt(text, at + 1, 2), 3);
    case '0':
    case '1': {
      OCTAL.lastIndex = at;
      return OCTAL.test(text) ? escapeOf(Number.parseInt(text.slice(at, at + 3), 8), 3) : undefined;
    }
    default:
      return mark !== '' && PLAIN.includes(mark)
        ? { code: mark.charCodeAt(0), length: 1 }
        : undefined;
  }
}

/** `\ud835\udc00` is one character. */
function unit(text: string, at: number): Escape | undefined {
  const high = hexAt(text, at + 1, 4);
  const low = text.startsWith(String.raw`\u`, at + 5) ? hexAt(text, at + 7, 4) : -1;
  const isPair = high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
  if (!isPair) return escapeOf(high, 5);
  return { code: 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), length: 11 };
}

function braced(text: string, at: number): Escape | undefined {
  BRACED.lastIndex = at;
  const [whole, digits = ''] = BRACED.exec(text) ?? [];
  return whole === undefined ? undefined : escapeOf(Number.parseInt(digits, 16), whole.length);
}

/**
 * `\u0022` is the quote of a text inside of a text, which is `\"` in the usual spelling: a bare one would end the text
 * around. With a run of backslashes it stands deeper, as it does there.
 */
function asInText(code: number, length: number, depth: number): Escape {
  return { code, length, backslashes: Math.min(depth, MOST_WRITTEN, length - 1) };
}

/** Backslashes that the usual spelling has for `run` of them in front of `u0022`. */
function quoteDepth(run: number): number {
  return run % 2 === 1 ? run : 2 * quoteDepth(run / 2) + 1;
}

/** The same in front of `u005c`, that of the character with it. */
function backslashDepth(run: number): number {
  return run % 2 === 1 ? run + 1 : 2 * backslashDepth(run / 2);
}
