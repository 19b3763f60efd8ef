import { readMember } from '../read-member.ts';
import { base64Around, isMediaMember } from './embedded-media.ts';
import { jsonBytes } from './json-bytes.ts';
import { cutToBytes, utf8Length } from './utf8-length.ts';

/** Which end of a list matters more: the newest input message, the first output message. */
export type Keep = 'first' | 'last';

/**
 * A JSON value cut to `maxBytes` of JSON text: whole items or members are left out; where not even one fits, the same inside
 * it, down to the end of a text. Base64 stays whole or goes. Undefined where nothing of it can be kept.
 */
export function cutContent(value: unknown, maxBytes: number, keep: Keep): unknown {
  if (typeof value === 'string') return cutText(value, maxBytes);
  if (Array.isArray(value)) return cutList(value, maxBytes, keep);
  if (typeof value === 'object' && value !== null) return cutObject(value, maxBytes);
  return jsonBytes(value) <= maxBytes ? value : undefined;
}

/** `[]` and `{}`, and a comma for each member: counted a little too high rather than too low. */
const BRACKETS = 2;
const COMMA = 1;

function cutList(list: readonly unknown[], maxBytes: number, keep: Keep): unknown[] | undefined {
  const inOrder = keep === 'first' ? list : list.toReversed();
  const kept: unknown[] = [];
  let left = maxBytes - BRACKETS;
  let tooLarge: unknown;
  for (const item of inOrder) {
    const bytes = jsonBytes(item) + COMMA;
    if (bytes <= left) {
      kept.push(item);
      left -= bytes;
    } else if (bytes > maxBytes - BRACKETS) {
      // It would not fit alone either: that is no reason to lose those behind it.
      tooLarge ??= item;
    } else break;
  }
  if (kept.length === 0) {
    // One item alone may be too large: a part of it says more than nothing.
    const cut = tooLarge === undefined ? undefined : cutContent(tooLarge, left - COMMA, 'first');
    return cut === undefined ? undefined : [cut];
  }
  return keep === 'first' ? kept : kept.toReversed();
}

/** Members that decide what an object is; without them the rest has no shape. */
const IDENTITY = new Set(['role', 'type', 'name', 'id', 'modality', 'mime_type']);

function cutObject(object: object, maxBytes: number): Record<string, unknown> | undefined {
  const keys = Object.keys(object);
  const inOrder = [
    ...keys.filter((key) => IDENTITY.has(key)),
    ...keys.filter((key) => !IDENTITY.has(key)),
  ];
  // A message without its parts or a part without its content would not be in the model's shape.
  const cut: Record<string, unknown> = {};
  let left = maxBytes - BRACKETS;
  for (const key of inOrder) {
    const value = readMember(object, key);
    const keyBytes = jsonBytes(key) + 1 + COMMA;
    const bytes = keyBytes + jsonBytes(value);
    if (bytes <= left) {
      cut[key] = value;
      left -= bytes;
    } else if (IDENTITY.has(key)) {
      return undefined;
    } else {
      const part = isMediaMember(object, key)
        ? undefined
        : cutContent(value, left - keyBytes, 'first');
      if (part === undefined) {
        if (key === 'parts' || key === 'content') return undefined;
        continue;
      }
      cut[key] = part;
      left -= keyBytes + jsonBytes(part);
    }
  }
  return keys.length > 0 && Object.keys(cut).length === 0 ? undefined : cut;
}

const QUOTES = 2;

/** The start of `text` that takes at most `maxBytes` of JSON text, with the quotes. Base64 and `data:` URLs are not torn. */
export function cutText(text: string, maxBytes: number): string | undefined {
  if (maxBytes <= QUOTES) return undefined;
  let cut = withoutTornBase64(text, cutToBytes(text, maxBytes - QUOTES));
  // Escapes make the JSON text longer than the string: take off what is over until it fits.
  for (let over = jsonBytes(cut) - maxBytes; over > 0; over = jsonBytes(cut) - maxBytes) {
    const bytes = Math.max(0, utf8Length(cut) - Math.max(1, Math.floor(over / 6)));
    cut = withoutTornBase64(text, cutToBytes(cut, bytes));
  }
  return cut === '' ? undefined : cut;
}

/** `start`, a start of `text`, without base64 that goes on behind it. */
export function withoutTornBase64(text: string, start: string): string {
  if (start.length === text.length) return start;
  const torn = base64Around(text, start.length);
  return torn === undefined || torn.start >= start.length || torn.end <= start.length
    ? start
    : text.slice(0, torn.start);
}
