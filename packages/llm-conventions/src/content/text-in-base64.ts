import { bytesOfBase64, withoutSpace } from '../messages/base64.ts';
import { isUtf8, unreadEncodingOf } from './unread-encoding.ts';

/** Of fewer bytes words could be it by chance. */
const FEWEST_BYTES = 16;

/** Encoded for certain: no word or id is as long and has capitals, small letters and digits. */
const LONG = 256;

/**
 * Whether `text`, which may as well be words, is base64: what it decodes to is text, which words never do, or it is long. In
 * whatever lines.
 */
export function isCertainlyBase64(text: string, mimeType: string | undefined): boolean {
  const base64 = withoutSpace(text);
  if (base64 === undefined) return false;
  if (base64.length >= LONG && /[A-Z]/.test(base64) && /[a-z]/.test(base64) && /\d/.test(base64))
    return true;
  const bytes = bytesOfBase64(base64);
  return bytes !== undefined && bytes.length >= FEWEST_BYTES && isText(bytes, mimeType);
}

function isText(bytes: Uint8Array, mimeType: string | undefined): boolean {
  if (/^utf-(?:16|32)/.test(unreadEncodingOf(bytes, mimeType) ?? '')) return true;
  let letters = 0;
  for (const byte of bytes)
    if (byte >= 0x80) letters++;
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127) return false;
  if (letters === 0 || isUtf8(bytes)) return true;
  // In a charset of one byte for each letter.
  return /charset/i.test(mimeType ?? '') ? bytes.length >= 48 : letters * 8 < bytes.length;
}
