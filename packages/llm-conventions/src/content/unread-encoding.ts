import { base64Of, bytesOfBase64 } from '../messages/base64.ts';

type WideEncoding = 'utf-16le' | 'utf-16be';

/** Not even decoded: nobody here knows how. */
const UNKNOWN = 'unknown';
const UTF_32 = 'utf-32';

/**
 * How `bytes` are written where they are text that redaction cannot read: in UTF-16 or UTF-32, by their mark, by the charset
 * that their MIME type declares, or because every other byte of their start is zero; in the 8-bit charset that their MIME type
 * declares; `unknown` where it says that they are text and they do not look like it. Undefined where they are UTF-8 or Western
 * letters of one byte, and where nothing says that they are text.
 */
export function unreadEncodingOf(
  bytes: Uint8Array,
  mimeType: string | undefined,
): string | undefined {
  if (mimeType !== undefined && SEEN_OR_HEARD.test(mimeType)) return undefined;
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe)
    return third === 0 && fourth === 0 && bytes.length >= 4 ? UTF_32 : 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return UTF_32;
  const declared = CHARSET.exec(mimeType ?? '')?.[1]?.toLowerCase();
  const isWide = declared !== undefined && WIDE.test(declared);
  if (isWide && declared.includes('32')) return UTF_32;
  const wide = byZeros(bytes) ?? (isWide ? 'utf-16le' : undefined);
  if (wide !== undefined) return wide;
  if (declared === undefined && !(mimeType !== undefined && TEXT.test(mimeType))) return undefined;
  const counts = countsOf(bytes);
  if (counts.controls * 8 > bytes.length) return UNKNOWN;
  if (counts.letters === 0 || isUtf8(bytes)) return undefined;
  if (declared !== undefined && !UTF_8.test(declared))
    return WESTERN.test(declared) ? undefined : declared;
  // As words of Western languages have them. UTF-16 has controls among its bytes.
  return counts.controls > 0 || counts.letters * 4 > bytes.length ? UNKNOWN : undefined;
}

/** Their bytes may look like anything. */
const SEEN_OR_HEARD = /^(?:image(?!\/svg)|audio|video)\//i;

/** Types whose bytes are words. */
const TEXT =
  /^(?:text\/|image\/svg|message\/|application\/(?:[\w.-]+\+)?(?:json|ld\+json|x?html|xml|ya?ml|x-yaml|toml|csv|sql|x-sh|(?:x-)?javascript|ecmascript|typescript|x-ndjson|jsonl|graphql|rtf|x-www-form-urlencoded)\b)/i;

const CHARSET = /charset\s*=\s*"?([\w.:-]{1,40})/i;
const WIDE = /^(?:utf-?|ucs-?)(?:16|32|2|4)/;
const UTF_8 = /^(?:utf-?8|us-ascii|ascii)$/;
/** Each byte is the code of its letter, but for quotes, dashes and the like. */
const WESTERN =
  /^(?:iso-?8859-?1(?:5|-?windows.*)?|latin-?[19]|l1|windows-1252|cp-?1252|x-cp1252)$/;

interface Counts {
  /** Bytes that no text has, but for those that tell a terminal or a printer something. */
  readonly controls: number;
  /** Bytes beyond ASCII. */
  readonly letters: number;
}

function countsOf(bytes: Uint8Array): Counts {
  let controls = 0;
  let letters = 0;
  for (const byte of bytes)
    if (byte >= 0x80) letters++;
    else if (byte < 8 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  return { controls, letters };
}

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

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

/** Base64 of such text as base64 of the same in UTF-8; undefined for anything else, and for what nobody here decodes. */
export function utf8OfUnreadBase64(
  base64: string,
  mimeType: string | undefined,
): string | undefined {
  const bytes = bytesOfBase64(base64);
  const encoding = bytes && unreadEncodingOf(bytes, mimeType);
  if (bytes === undefined || encoding === undefined) return undefined;
  const text = decoded(bytes, encoding);
  return text === undefined ? undefined : base64Of(new TextEncoder().encode(text));
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return decodedWide(bytes, encoding);
  if (encoding === UTF_32 || encoding === UNKNOWN) return undefined;
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    // A charset that the runtime does not know.
    return undefined;
  }
}

/** Without the mark. Not every runtime has a TextDecoder for big endian. */
function decodedWide(bytes: Uint8Array, encoding: WideEncoding): string {
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
