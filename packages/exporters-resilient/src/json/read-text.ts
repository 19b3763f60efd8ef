/** Reads text out of the bytes it was made for. What is no UTF-8 becomes U+FFFD. */
export type ReadText = (from: number, to: number) => string;

/** What every runtime has. */
function readTextPortably(bytes: Uint8Array): ReadText {
  return (from, to) => decoder.decode(bytes.subarray(from, to));
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Where Node.js' Buffer is there, its reader: the same text without a view per string. */
export function readTextOf(bytes: Uint8Array): ReadText {
  if (typeof globalThis.Buffer !== 'function') return readTextPortably(bytes);
  const buffer = globalThis.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (from, to) => buffer.toString('utf8', from, to);
}
