import { hexDigit } from '../hex.ts';
import { isPlain } from './characters.ts';

const PERCENT = 37;

/** Encodes what may not stand in a baggage value, as UTF-8. A lone surrogate becomes U+FFFD. */
export function percentEncode(value: string): string {
  if (isPlain(value, 0, value.length)) return value;
  let encoded = '';
  // By code point, so that a pair of surrogates is encoded as one character.
  for (const character of value.toWellFormed()) {
    encoded += isPlain(character, 0, character.length) ? character : encodeURIComponent(character);
  }
  return encoded;
}

/**
 * Decodes a baggage value. Bytes that are not UTF-8 become U+FFFD; a percent sign without two hexadecimal digits
 * stays one. Never throws.
 */
export function percentDecode(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(value));
  }
}

function bytesOf(value: string): Uint8Array {
  const text = new TextEncoder().encode(value);
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++, length++) {
    const byte = text[at] as number;
    const decoded = byte === PERCENT ? byteAt(text, at + 1) : -1;
    bytes[length] = decoded < 0 ? byte : decoded;
    if (decoded >= 0) at += 2;
  }
  return bytes.subarray(0, length);
}

/** The byte written as two hexadecimal digits at `at`, in either case, or -1. */
function byteAt(text: Uint8Array, at: number): number {
  const high = anyCaseHexDigit(text[at]);
  const low = anyCaseHexDigit(text[at + 1]);
  return high < 0 || low < 0 ? -1 : (high << 4) | low;
}

function anyCaseHexDigit(code: number | undefined): number {
  if (code === undefined) return -1;
  return hexDigit(code >= 0x41 && code <= 0x46 ? code + 0x20 : code);
}
