/** A text, and how its characters are bytes again. */
export interface EncodedText {
  readonly text: string;
  readonly encode: (text: string) => Uint8Array;
}

const LOOKED_AT = 4096;
/** Of a hundred bytes of a log with some control characters in it, at most so many are none of text. */
const MOST_CONTROLS = 2;
const LEAST_BYTES = 16;

/** UTF-8, UTF-16 with its mark, and Latin-1: bytes that hold no control characters. */
export function textOf(bytes: Uint8Array): EncodedText | undefined {
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined) return utf16;
  if (bytes.includes(0)) return undefined;
  const text = utf8Of(bytes);
  if (text === undefined) return controlsIn(bytes) === 0 ? latin1Of(bytes) : undefined;
  return controlsIn(bytes.subarray(0, LOOKED_AT)) === 0 ? utf8Text(text) : undefined;
}

/**
 * The same for what is nothing else: a log with some control characters, or with a hole of zeros, which is left where
 * one was cut while it was written.
 */
export function damagedTextOf(bytes: Uint8Array): EncodedText | undefined {
  const zeros = bytes.reduce((count, byte) => (byte === 0 ? count + 1 : count), 0);
  const length = bytes.length - zeros;
  if (length < LEAST_BYTES) return undefined;
  if ((controlsIn(bytes) - zeros) * 100 > MOST_CONTROLS * length) return undefined;
  const text = utf8Of(bytes);
  return text === undefined ? latin1Of(bytes) : utf8Text(text);
}

function utf8Of(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function utf8Text(text: string): EncodedText {
  return { text, encode: (changed) => Buffer.from(changed) };
}

/** Each byte is a character, so that what is not Latin-1 at all comes out as it went in. */
function latin1Of(bytes: Uint8Array): EncodedText {
  return {
    text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
    encode: (text) => Buffer.from(text, 'latin1'),
  };
}

function utf16Of(bytes: Uint8Array): EncodedText | undefined {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff;
  if ((!isLittle && !isBig) || bytes.length % 2 !== 0) return undefined;
  const ordered = Buffer.from(bytes);
  if (isBig) ordered.swap16();
  const text = ordered.toString('utf16le');
  if (controlsIn(Buffer.from(text.slice(0, LOOKED_AT))) > 0) return undefined;
  return {
    text,
    encode(changed) {
      const encoded = Buffer.from(changed, 'utf16le');
      return isBig ? encoded.swap16() : encoded;
    },
  };
}

/** Below a space, and no white space or escape: short requests are full of them. */
function controlsIn(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 27)) count++;
  return count;
}
