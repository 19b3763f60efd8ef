import { readMember } from '../read-member.ts';
import { safeJson } from './safe-json.ts';
import { cutToBytes, utf8Length } from './utf8-length.ts';

/** Which end of a list matters more: the newest input message, the first output message. */
export type Keep = 'first' | 'last';

/**
 * A JSON value cut to `maxBytes` of JSON text: whole messages, items or members are left out; where not even one
 * message fits, whole parts of it; where not even one part fits, the end of its text. Undefined where nothing of
 * it can be kept.
 */
export function cutContent(value: unknown, maxBytes: number, keep: Keep): unknown {
  if (typeof value === 'string') return cutString(value, maxBytes);
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
  for (const item of inOrder) {
    const bytes = jsonBytes(item) + COMMA;
    if (bytes > left) {
      // One message alone may be too large: a part of it says more than nothing.
      const cut = kept.length === 0 ? cutContent(item, left - COMMA, 'first') : undefined;
      if (cut !== undefined) kept.push(cut);
      break;
    }
    kept.push(item);
    left -= bytes;
  }
  if (kept.length === 0) return undefined;
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
      const part = cutContent(value, left - keyBytes, 'first');
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

function cutString(text: string, maxBytes: number): string | undefined {
  if (maxBytes <= QUOTES) return undefined;
  let cut = cutToBytes(text, maxBytes - QUOTES);
  // Escapes make the JSON text longer than the string: take off what is over until it fits.
  for (let over = jsonBytes(cut) - maxBytes; over > 0; over = jsonBytes(cut) - maxBytes)
    cut = cutToBytes(cut, Math.max(0, utf8Length(cut) - Math.max(1, Math.floor(over / 6))));
  return cut === '' ? undefined : cut;
}

function jsonBytes(value: unknown): number {
  return utf8Length(safeJson(value));
}
