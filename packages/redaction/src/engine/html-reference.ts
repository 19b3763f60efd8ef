import { type Escape, escapeOf } from './escaped-character.ts';

/** What may be a reference: of HTML, and of XML. */
export const REFERENCE: RegExp = /&(?:#(?:\d{1,7}|[Xx][\dA-Fa-f]{1,6})|[A-Za-z]{2,16};)/y;
const NUMERIC = /&#(?:(\d{1,7})|[Xx]0*([\dA-Fa-f]{1,6}));?/y;
const NAMED = /&([A-Za-z]{2,16});/y;

/** References by name to what tokens and the texts around them are made of, and to what is not seen. */
const names: ReadonlyMap<string, number> = new Map([
  ...Object.entries({ amp: 38, lt: 60, gt: 62, quot: 34, apos: 39, nbsp: 32, shy: 0xad }),
  ...Object.entries({ AMP: 38, LT: 60, GT: 62, QUOT: 34, Tab: 9, NewLine: 10 }),
  ...Object.entries({ hyphen: 45, dash: 45, minus: 45, lowbar: 95, UnderBar: 95, sol: 47 }),
  ...Object.entries({ bsol: 92, plus: 43, equals: 61, period: 46, colon: 58, commat: 64 }),
  ...Object.entries({ num: 35, excl: 33, dollar: 36, percnt: 37, ast: 42, semi: 59, comma: 44 }),
  ...Object.entries({ quest: 63, Hat: 94, grave: 96, lpar: 40, rpar: 41, lcub: 123, rcub: 125 }),
  ...Object.entries({ lbrace: 123, rbrace: 125, lsqb: 91, rsqb: 93, lbrack: 91, rbrack: 93 }),
  ...Object.entries({ vert: 124, verbar: 124, ensp: 32, emsp: 32, thinsp: 32, numsp: 32 }),
  ...Object.entries({ zwj: 0x200d, zwnj: 0x200c, NoBreak: 0x2060, ZeroWidthSpace: 0x200b }),
  ...Object.entries({ lrm: 0x200e, rlm: 0x200f, InvisibleTimes: 0x2062, ic: 0x2063, af: 0x2061 }),
]);

/** The reference of HTML that starts at `at`, or `undefined`. */
export function referenceAt(text: string, at: number): Escape | undefined {
  NUMERIC.lastIndex = at;
  const numeric = NUMERIC.exec(text);
  if (numeric !== null) {
    const [whole, decimal, hexadecimal = ''] = numeric;
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return escapeOf(code, whole.length);
  }
  NAMED.lastIndex = at;
  const [whole = '', name = ''] = NAMED.exec(text) ?? [];
  const code = names.get(name);
  return code === undefined ? undefined : { code, length: whole.length };
}
