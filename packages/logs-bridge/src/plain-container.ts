import { errorTexts, HIDDEN_MEMBERS } from './error-texts.ts';

/**
 * What stands for an object in a log record: text, bytes, a list, or an object whose own members count. Of maps and
 * sets no more than one member past `most` is taken.
 */
export function plainOf(value: object, most: number): string | Uint8Array | object {
  if (Array.isArray(value) || value instanceof Uint8Array) return value;
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Error) return errorFields(value);
  if (value instanceof URL || value instanceof RegExp) return String(value);
  if (value instanceof Set) return firstOf(value, most + 1);
  if (value instanceof Map) return mapFields(value, most + 1);
  return value;
}

/** An error as a map, its own members and what caused it after the three that all have. */
function errorFields(error: Error): object {
  const fields = { ...errorTexts(error) };
  for (const key of new Set([...Object.keys(error), ...HIDDEN_MEMBERS])) {
    const property = Object.getOwnPropertyDescriptor(error, key);
    if (property === undefined) continue;
    Object.defineProperty(fields, key, { ...property, enumerable: true });
  }
  return fields;
}

/** A map of names stays one; keys of other kinds are kept in pairs. */
function mapFields(map: ReadonlyMap<unknown, unknown>, most: number): object {
  const pairs = firstOf(map, most);
  if (!pairs.every(([key]) => typeof key === 'string')) return pairs;
  // Without a prototype: a key called __proto__ is a key.
  const fields = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of pairs) fields[key as string] = value;
  return fields;
}

function firstOf<T>(values: Iterable<T>, most: number): T[] {
  const first: T[] = [];
  for (const value of values) {
    if (first.length === most) break;
    first.push(value);
  }
  return first;
}
