import { type Escape, escapeOf, hexAt } from './escaped-character.ts';

const PERCENT = 37;
const LETTER_U = 117;

/** What may be an escape: of ASCII, of UTF-8 beyond it, `%u2d3a`. Other control characters are none. */
export const PERCENT_ESCAPE: RegExp =
  /%(?:0[9ADad]|[2-7][\dA-Fa-f]|[C-Fc-f][\dA-Fa-f]%|[Uu][\dA-Fa-f]{4})/y;

/** The percent escape that starts at `at`, or `undefined`. */
export function percentEscapeAt(text: string, at: number): Escape | undefined {
  if ((text.charCodeAt(at + 1) | 32) === LETTER_U) return escapeOf(hexAt(text, at + 2, 4), 6);
  const first = hexAt(text, at + 1, 2);
  if (first < 0x80) return escapeOf(first, 3);
  // UTF-8: the first byte says how many follow.
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  let code = first & (0x3f >> more);
  for (let i = 1; i <= more; i++) {
    const next = text.charCodeAt(at + 3 * i) === PERCENT ? hexAt(text, at + 3 * i + 1, 2) : -1;
    if (next < 0x80 || next > 0xbf) return undefined;
    code = (code << 6) | (next & 0x3f);
  }
  return escapeOf(code, 3 + 3 * more);
}
