import { BACKSLASH_ESCAPE, backslashEscapeAt } from './backslash-escape.ts';
import type { Escape } from './escaped-character.ts';
import { REFERENCE, referenceAt } from './html-reference.ts';
import { PERCENT_ESCAPE, percentEscapeAt } from './percent-escape.ts';

const AMPERSAND = 38;
const PERCENT = 37;
const BACKSLASH = 92;

/** Whether something in the text looks like an escape of a character that matters. */
export function hasEscapes(text: string): boolean {
  return (
    standsAtOne(text, '%', PERCENT_ESCAPE) ||
    standsAtOne(text, '\\', BACKSLASH_ESCAPE) ||
    standsAtOne(text, '&', REFERENCE)
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
  if (code === PERCENT) return percentEscapeAt(text, at);
  if (code === BACKSLASH) return backslashEscapeAt(text, at);
  return code === AMPERSAND ? referenceAt(text, at) : undefined;
}
