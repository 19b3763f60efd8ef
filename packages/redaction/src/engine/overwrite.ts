import type { EncodedRun } from './encoded-runs.ts';
import { ALPHABET } from './base64-alphabet.ts';
import type { Span } from './span.ts';
import type { Width } from './text-stretches.ts';

const ASTERISK = 42;

/**
 * Asterisks in place of what was found in the bytes of a run, as the encoded text has them: around it nothing changes,
 * neither in the bytes nor in how they are written.
 * @param found - in places of bytes
 */
export function overwritten(run: EncodedRun, found: Span, width: Width): Span {
  const { bytes, start, isHex, lines } = run;
  const bits = isHex ? 4 : 6;
  const from = Math.floor((found.from * 8) / bits);
  const to = Math.ceil((found.to * 8) / bits);
  const byteAt = (index: number): number => {
    if (index < found.from || index >= found.to) return bytes[index] ?? 0;
    const isLow =
      width === 'narrow' || ((index - found.from) % 2 === 0) === (width === 'low-first');
    return isLow ? ASTERISK : 0;
  };
  let text = '';
  for (let place = from; place < to; place++) {
    if (lines !== undefined && place > from && place % lines.lineLength === 0)
      text += lines.separator;
    const bit = place * bits;
    const pair = (byteAt(bit >> 3) << 8) | byteAt((bit >> 3) + 1);
    const value = (pair >> (16 - bits - (bit & 7))) & ((1 << bits) - 1);
    // With bits of an asterisk or of zero in it, it is none of the two that base64url writes in another way.
    text += isHex ? value.toString(16) : ALPHABET.charAt(value);
  }
  const breaks = lines === undefined ? 0 : Math.floor(from / lines.lineLength);
  const at = start + from + breaks * (lines?.separator.length ?? 0);
  return { kind: found.kind, from: at, to: at + text.length, overwritten: text };
}
