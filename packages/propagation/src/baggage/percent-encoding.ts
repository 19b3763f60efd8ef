import { hexDigit } from '../hex.ts';
import { classOf, PLAIN } from './characters.ts';

const PERCENT = 37;
const ASCII_END = 128;
const ENCODED_ASCII = Array.from(
  { length: ASCII_END },
  (_, code) => `%${code.toString(16).toUpperCase().padStart(2, '0')}`,
);

/** Encodes what may not stand in a baggage value, as UTF-8. A lone surrogate becomes U+FFFD. */
export function percentEncode(value: string): string {
  let encoded = '';
  let written = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if ((classOf(code) & PLAIN) !== 0) continue;
    if (code >= ASCII_END) return encoded + encodeRest(value.slice(written));
    encoded += value.slice(written, at) + (ENCODED_ASCII[code] as string);
    written = at + 1;
  }
  return written === 0 ? value : encoded + value.slice(written);
}

/** Also right for characters past ASCII, and slower: by code point, so that a pair of surrogates is one character. */
function encodeRest(value: string): string {
  let encoded = '';
  for (const character of value.toWellFormed()) {
    const plain = (classOf(character.charCodeAt(0)) & PLAIN) !== 0;
    encoded += plain ? character : encodeURIComponent(character);
  }
  return encoded;
}

/**
 * Decodes a baggage value. Bytes that are not UTF-8 become U+FFFD; a percent sign without two hexadecimal digits
 * stays one. Never throws.
 */
export function percentDecode(value: string): string {
  let decoded = '';
  let read = 0;
  for (let at = value.indexOf('%'); at !== -1; at = value.indexOf('%', at + 1)) {
    const byte = byteAt(value, at + 1);
    if (byte < 0) continue;
    if (byte >= ASCII_END) return decoded + decodeRest(value.slice(read));
    decoded += value.slice(read, at) + String.fromCharCode(byte);
    read = at + 3;
    at += 2;
  }
  return read === 0 ? value : decoded + value.slice(read);
}

/** True when `text[from, to)` needs no encoding and each percent sign stands before two hexadecimal digits. */
export function isWellEncoded(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if ((classOf(code) & PLAIN) !== 0) continue;
    if (code !== PERCENT || at + 2 >= to || byteAt(text, at + 1) < 0) return false;
    at += 2;
  }
  return true;
}

/** Also right for bytes past ASCII, and slower. */
function decodeRest(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(value));
  }
}

function bytesOf(value: string): Uint8Array {
  const text = new TextEncoder().encode(value);
  let length = 0;
  for (let at = 0; at < text.length; at++, length++) {
    const byte = text[at] as number;
    const decoded = byte === PERCENT ? byteOf(text[at + 1] ?? 0, text[at + 2] ?? 0) : -1;
    // What is written is never ahead of what is read.
    text[length] = decoded < 0 ? byte : decoded;
    if (decoded >= 0) at += 2;
  }
  return text.subarray(0, length);
}

/** The byte written as two hexadecimal digits at `at`, or -1. */
function byteAt(text: string, at: number): number {
  return at + 2 > text.length ? -1 : byteOf(text.charCodeAt(at), text.charCodeAt(at + 1));
}

function byteOf(high: number, low: number): number {
  const value = (anyCaseHexDigit(high) << 4) | anyCaseHexDigit(low);
  return value < 0 ? -1 : value;
}

function anyCaseHexDigit(code: number): number {
  return hexDigit(code >= 0x41 && code <= 0x46 ? code + 0x20 : code);
}
