// What tells most ids and hashes apart from texts, by a few characters of them: eight characters of ASCII in a row, or as
// many with zeros between them, set the high bit of no byte.
import { SEXTETS } from './base64-alphabet.ts';

const [TWO, SEVEN] = [50, 55];
/** Bytes in a row that must be text. */
const LEAST = 8;
/** Characters of a group of three bytes. */
const GROUP = 4;

/** Whether pairs of hex can be text somewhere: eight bytes from 20 to 7f. Texts in two bytes are found where zeros are as well. */
export function mayBeHexText(text: string, from: number, to: number): boolean {
  const count = (to - from) >> 1;
  for (let probe = LEAST - 1; probe < count;) {
    const lowest = probe - LEAST;
    let at = probe;
    while (at > lowest && isLowByte(text.charCodeAt(from + 2 * at))) at--;
    if (at === lowest) return true;
    probe = at + LEAST;
  }
  return false;
}

function isLowByte(high: number): boolean {
  return high === 48 || (high >= TWO && high <= SEVEN);
}

/** Whether base64 can be text somewhere. Eight bytes hold two whole groups. */
export function mayBeBase64Text(text: string, from: number, to: number): boolean {
  const last = to - GROUP;
  for (let at = from + GROUP; at <= last; at += 2 * GROUP) {
    if (!isLowGroup(text, at)) continue;
    if (isLowGroup(text, at - GROUP) || (at + GROUP <= last && isLowGroup(text, at + GROUP)))
      return true;
  }
  return false;
}

/** Whether none of three bytes has its high bit set. */
function isLowGroup(text: string, at: number): boolean {
  return (
    SEXTETS[text.charCodeAt(at)]! < 32 &&
    (SEXTETS[text.charCodeAt(at + 1)]! & 8) === 0 &&
    (SEXTETS[text.charCodeAt(at + 2)]! & 2) === 0
  );
}
