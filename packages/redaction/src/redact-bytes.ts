const NUL = '\0';

/** Bytes of a buffer or of a part of one. `undefined` for what holds none. */
export function bytesOf(value: object): Uint8Array | undefined {
  if (Object.getPrototypeOf(value) === Object.prototype) return undefined;
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const tag = Object.prototype.toString.call(value);
  const isBuffer = tag === '[object ArrayBuffer]' || tag === '[object SharedArrayBuffer]';
  return isBuffer ? new Uint8Array(value as ArrayBuffer) : undefined;
}

/**
 * Bytes that hold a text with something to hide, redacted; `undefined` for all others. The text may be UTF-8, or in two or
 * four bytes per character, in either order: then the redacted one is UTF-8.
 */
export function redactBytes(
  bytes: Uint8Array,
  redact: (text: string) => string,
): Uint8Array | undefined {
  // Not fatal: a token between bytes that are no text is still found, and then the rest may suffer.
  const text = new TextDecoder().decode(
    bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice(),
  );
  const redacted = redact(text);
  if (redacted !== text) return new TextEncoder().encode(redacted);
  if (!text.includes(NUL)) return undefined;
  const narrow = text.replaceAll(NUL, '');
  const redactedNarrow = redact(narrow);
  return redactedNarrow === narrow ? undefined : new TextEncoder().encode(redactedNarrow);
}
