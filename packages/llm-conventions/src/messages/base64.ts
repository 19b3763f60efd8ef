/** More is not carried along on a span: base64 of it is 16 Mi characters, where `safeJson` ends. */
const MAX_BYTES = 12 * 1024 * 1024;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Newer runtimes have it; it is some ten times as fast. */
interface NativeBase64 {
  toBase64?(): string;
}

/** `bytes` as base64, undefined where there are more than 12 MiB of them. */
export function base64Of(bytes: Uint8Array): string | undefined {
  if (bytes.byteLength > MAX_BYTES) return undefined;
  const native = bytes as NativeBase64;
  return typeof native.toBase64 === 'function' ? native.toBase64() : encoded(bytes);
}

function encoded(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const first = bytes[index] ?? 0;
    const second = bytes[index + 1];
    const third = bytes[index + 2];
    text += ALPHABET.charAt(first >> 2);
    text += ALPHABET.charAt(((first & 3) << 4) | ((second ?? 0) >> 4));
    text +=
      second === undefined ? '=' : ALPHABET.charAt(((second & 15) << 2) | ((third ?? 0) >> 6));
    text += third === undefined ? '=' : ALPHABET.charAt(third & 63);
  }
  return text;
}

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** The bytes of base64 or base64url text, also in lines as MIME and PEM have it; undefined where it is none. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  const base64 = withoutLineBreaks(text);
  if (base64.length % 4 === 1 || !BASE64.test(base64)) return undefined;
  try {
    const binary = atob(base64.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
    return bytes;
  } catch {
    // A length or padding that no encoder writes.
    return undefined;
  }
}

/** How many bytes base64 text of that form holds, in whatever lines. */
export function bytesOfBase64Length(text: string): number {
  const base64 = /\s/.test(text) ? text.replaceAll(/\s/g, '') : text;
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return Math.floor(((base64.length - padding) * 3) / 4);
}

/** Encoders break lines behind 60 (uuencoded), 64 (PEM) or 76 (MIME) characters, each a whole number of bytes. */
const LINE = /^[A-Za-z0-9+/_-]{60,}(?=\r?\n)/;

/**
 * Base64 in lines of one length but the last, as one line; any other text as it is. Redaction reads those lines as one text, and no
 * others: what it has not read is not stored.
 */
function withoutLineBreaks(text: string): string {
  const first = LINE.exec(text)?.[0];
  if (first === undefined || first.length % 4 !== 0) return text;
  const lines = text.split(text.charCodeAt(first.length) === 10 ? '\n' : '\r\n');
  if (lines.at(-1) === '') lines.pop();
  const last = lines.length - 1;
  const isEven = lines.every((line, index) =>
    index < last ? line.length === first.length : line !== '' && line.length <= first.length,
  );
  return isEven ? lines.join('') : text;
}

/** Shorter lines are words, one in each. */
const SHORTEST_LINE = 16;

/** Base64 in lines of any kind, indented ones too, as one line; undefined for what is none, and for what is in one line. */
export function joinedBase64(text: string): string | undefined {
  if (!/[\r\n]/.test(text)) return undefined;
  const lines = text
    .replaceAll('\r', '\n')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (!lines.slice(0, -1).every(({ length }) => length >= SHORTEST_LINE)) return undefined;
  const joined = lines.join('');
  return joined.length % 4 !== 1 && BASE64.test(joined) ? joined : undefined;
}

/** Base64 in whatever lines and pieces as one line; undefined for anything else. */
export function withoutSpace(text: string): string | undefined {
  if (!SPACED.test(text)) return undefined;
  const base64 = text.replaceAll(/\s/g, '');
  return base64.length % 4 !== 1 && BASE64.test(base64) ? base64 : undefined;
}

const SPACED = /^[A-Za-z0-9+/_=\s-]*$/;
