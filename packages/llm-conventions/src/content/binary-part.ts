import type { MessagePart } from '../messages/message-types.ts';
import { blobPart, modalityOf } from '../messages/parts.ts';

/**
 * Bytes in a value, such as what a tool answered with, as the part of the conventions for them, which the content store takes
 * out: of a `Buffer`, typed array of bytes, `DataView` or `ArrayBuffer`, or what a `Buffer` is in JSON. Told by their number
 * where base64 of them is longer than `maxCharacters`. Undefined for anything else.
 */
export function binaryPart(
  value: object,
  maxCharacters: number = Infinity,
): MessagePart | undefined {
  const bytes = bytesOf(value);
  if (bytes === undefined) return undefined;
  const mimeType = mimeTypeOfBytes(bytes);
  const modality = modalityOf(mimeType);
  if ((bytes.byteLength * 4) / 3 > maxCharacters)
    return { type: 'omitted', modality, byte_length: bytes.byteLength };
  return blobPart(modality, bytes, mimeType);
}

function bytesOf(value: object): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) {
    // Numbers of more than one byte are numbers.
    if ('BYTES_PER_ELEMENT' in value && value.BYTES_PER_ELEMENT !== 1) return undefined;
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  if (isBufferJson(value)) return Uint8Array.from(value.data);
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]'
    ? new Uint8Array(value as ArrayBuffer)
    : undefined;
}

/** A `Buffer` that went through JSON: `{ "type": "Buffer", "data": [137, 80, …] }`. */
export function isBufferJson(
  value: object,
): value is { readonly type: 'Buffer'; readonly data: readonly number[] } {
  const { type, data } = value as { readonly type?: unknown; readonly data?: unknown };
  if (type !== 'Buffer' || !Array.isArray(data)) return false;
  // An array may be a length and nothing else: the first hole ends the loop.
  for (let index = 0; index < data.length; index++) {
    const byte: unknown = data[index];
    if (!Number.isInteger(byte) || (byte as number) < 0 || (byte as number) > 255) return false;
  }
  return true;
}

/** How files of these types begin. */
const BEGINNINGS: readonly (readonly [mimeType: string, ...bytes: readonly number[]])[] = [
  ['image/png', 0x89, 0x50, 0x4e, 0x47],
  ['image/jpeg', 0xff, 0xd8, 0xff],
  ['image/gif', 0x47, 0x49, 0x46, 0x38],
  ['application/pdf', 0x25, 0x50, 0x44, 0x46],
];

/** The type of a file that nobody told, where its first bytes say it. */
export function mimeTypeOfBytes(bytes: Uint8Array): string | undefined {
  return BEGINNINGS.find(([, ...beginning]) =>
    beginning.every((byte, index) => bytes[index] === byte),
  )?.[0];
}
