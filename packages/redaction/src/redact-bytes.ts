/** Bytes that hold a text with something to hide, redacted; all others as they are. */
export function redactBytes(bytes: ArrayBufferView, redact: (text: string) => string): unknown {
  const view = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Not fatal: a token between bytes that are no text is still found, and then the rest may suffer.
  const text = new TextDecoder().decode(view);
  const redacted = redact(text);
  return redacted === text ? bytes : new TextEncoder().encode(redacted);
}
