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

/** The bytes of base64 or base64url text, undefined where it is none. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  const length = text.length;
  if (length % 4 === 1 || !BASE64.test(text)) return undefined;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
    return bytes;
  } catch {
    // A length or padding that no encoder writes.
    return undefined;
  }
}

/** How many bytes base64 text of that form holds. */
export function bytesOfBase64Length(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return Math.floor(((text.length - padding) * 3) / 4);
}
