import { bytesOfBase64Length } from '../messages/base64.ts';
import { jsonBytes } from './json-bytes.ts';

/** Members that say which part it was, and to which call it belongs. */
const KEPT = ['modality', 'mime_type', 'id', 'name', 'file_id'] as const;

/** Longer ones are no names. */
const MAX_NAME = 128;

/**
 * What stands in the place of a part that was left out: its type as `omitted_type`, its length, and what it was called. The
 * length is that of the media, where it is some, else that of the part as JSON text.
 */
export function omittedPart(
  part: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { type, content } = part;
  const kept = KEPT.flatMap((key) => {
    const value = part[key];
    return typeof value === 'string' && value.length <= MAX_NAME ? [[key, value] as const] : [];
  });
  const byteLength =
    type === 'blob' && typeof content === 'string' ? bytesOfBase64Length(content) : jsonBytes(part);
  return {
    type: 'omitted',
    ...(typeof type === 'string' && type.length <= MAX_NAME && { omitted_type: type }),
    ...Object.fromEntries(kept),
    byte_length: byteLength,
  };
}
