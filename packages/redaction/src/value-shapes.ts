import { isProxy } from './is-proxy.ts';

/** A function is one only where it says what it is as JSON. */
export function isObject(value: unknown): value is object {
  if (typeof value === 'function') return 'toJSON' in value;
  return typeof value === 'object' && value !== null;
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  );
}

/** Sets a member as data: an assignment to `__proto__` would change the object instead. */
export function define(map: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
}

const lookupGetter = Reflect.get(Object.prototype, '__lookupGetter__') as (
  this: object,
  key: PropertyKey,
) => unknown;

/**
 * The map itself, or what it says now where it computes a member, or is a proxy: asked again by an encoder, it may say something else.
 */
export function mapAsRead<Map extends object>(map: Map): Map {
  if (isProxy(map)) return { ...map };
  // Looks up own members first. Half of what a descriptor costs, which is an object.
  for (const key of Object.keys(map))
    if (lookupGetter.call(map, key) !== undefined) return { ...map };
  return map;
}

/** The same for a list. Numbers and the like are no secrets, and lists of them are long. */
export function listAsRead(list: readonly unknown[]): readonly unknown[] {
  const read = [...list];
  if (isProxy(list)) return read;
  for (let index = 0; index < read.length; index++)
    if (!isPlainNumber(read[index]) && lookupGetter.call(list, index) !== undefined) return read;
  return list;
}

function isPlainNumber(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

/** The text that a value is, alone or as OTLP writes it in JSON: `{ stringValue: '…' }`. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isMap(value)) return undefined;
  const { stringValue } = value;
  return typeof stringValue === 'string' ? stringValue : undefined;
}

/** The text in the place of such a value, in the form that one had. */
export function likeText(value: unknown, text: string): unknown {
  return typeof value === 'string' ? text : { stringValue: text };
}
