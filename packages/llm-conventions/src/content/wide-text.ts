import { base64Of, bytesOfBase64 } from '../messages/base64.ts';

/** How text is written that redaction cannot read: `utf-32` nobody here decodes. */
export type WideEncoding = 'utf-16le' | 'utf-16be' | 'utf-32';

/**
 * Whether `bytes` are text in UTF-16 or UTF-32, by their mark, by the charset that their MIME type declares, or because every
 * other byte of their start is zero. Undefined where they are not.
 */
export function wideEncodingOf(
  bytes: Uint8Array,
  mimeType: string | undefined,
): WideEncoding | undefined {
  if (mimeType !== undefined && SEEN_OR_HEARD.test(mimeType)) return undefined;
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe)
    return third === 0 && fourth === 0 && bytes.length >= 4 ? 'utf-32' : 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return 'utf-32';
  const declared = CHARSET.exec(mimeType ?? '')?.[1]?.toLowerCase();
  if (declared === '32') return 'utf-32';
  return byZeros(bytes) ?? (declared === undefined ? undefined : 'utf-16le');
}

/** Their bytes may look like anything. */
const SEEN_OR_HEARD = /^(?:image(?!\/svg)|audio|video)\//i;

const CHARSET = /charset\s*=\s*"?(?:utf-?|ucs-?)(16|32|2)/i;

/** Looked at of a text without a mark. */
const START = 256;

function byZeros(bytes: Uint8Array): WideEncoding | undefined {
  const length = Math.min(bytes.length & ~1, START);
  if (length < 16) return undefined;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) even++;
    if (bytes[index + 1] === 0) odd++;
  }
  const most = (length / 2) * 0.9;
  if (odd >= most && even === 0) return 'utf-16le';
  return even >= most && odd === 0 ? 'utf-16be' : undefined;
}

/** Base64 of text in UTF-16 as base64 of the same in UTF-8; undefined for anything else, UTF-32 too. */
export function utf8OfWideBase64(base64: string, mimeType: string | undefined): string | undefined {
  const bytes = bytesOfBase64(base64);
  const encoding = bytes && wideEncodingOf(bytes, mimeType);
  if (bytes === undefined || encoding === undefined || encoding === 'utf-32') return undefined;
  return base64Of(new TextEncoder().encode(decoded(bytes, encoding)));
}

/** Without the mark. Not every runtime has a TextDecoder for big endian. */
function decoded(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
  const high = encoding === 'utf-16le' ? 1 : 0;
  const pieces: string[] = [];
  let units: number[] = [];
  for (let index = 0; index + 1 < bytes.length; index += 2) {
    const unit = ((bytes[index + high] ?? 0) << 8) | (bytes[index + 1 - high] ?? 0);
    if (index > 0 || unit !== 0xfeff) units.push(unit);
    if (units.length < 4096) continue;
    pieces.push(String.fromCharCode(...units));
    units = [];
  }
  return pieces.join('') + String.fromCharCode(...units);
}
