/** What an encoder may make of an object beside its own members, as plain data. */
export interface WrittenForm {
  readonly plain: unknown;
  /** True when the object itself must not be handed on: asked again, it may say something else. */
  readonly isFinal: boolean;
}

type Hook = 'toJSON' | 'toString' | typeof Symbol.toPrimitive;
/** An object whose methods are asked for by name: any may be missing. */
type Hooks = { readonly [hook in Hook]?: unknown };

const MOST_ENTRIES = 100_000;
/** Built-in collections whose entries have names. */
const NAMED = new Set([
  '[object Map]',
  '[object Headers]',
  '[object URLSearchParams]',
  '[object FormData]',
]);
const LISTED = '[object Set]';
const BOXES: readonly ((value: object) => unknown)[] = [
  (value) => String.prototype.valueOf.call(value),
  (value) => Number.prototype.valueOf.call(value),
  (value) => Boolean.prototype.valueOf.call(value),
  (value) => Symbol.prototype.valueOf.call(value),
  (value) => BigInt.prototype.valueOf.call(value),
];
/** The methods that maps, objects of classes, lists and typed arrays have from the language. */
const USUAL_TO_STRING: ReadonlySet<unknown> = new Set<unknown>([
  Reflect.get(Object.prototype, 'toString'),
  Reflect.get(Array.prototype, 'toString'),
  // Of a map without a prototype.
  undefined,
]);

/**
 * The form in which an encoder may write an object that is not only its own members: what `toJSON` and `toString` say, the
 * primitive in a box, the message and the causes of an error, the entries of a collection. `undefined` for all others.
 * @throws what the methods of the object throw
 */
export function writtenForm(value: object): WrittenForm | undefined {
  const { toJSON, toString, [Symbol.toPrimitive]: toPrimitive } = value as Hooks;
  const isUsual = USUAL_TO_STRING.has(toString);
  if (isUsual && toJSON === undefined && toPrimitive === undefined)
    return isPlain(value) ? undefined : collection(value);
  if (isBytes(value) || isUsualDate(value)) return undefined;
  for (const valueOf of BOXES) {
    const plain = primitiveIn(value, valueOf);
    if (plain !== undefined) return { plain, isFinal: true };
  }
  if (typeof toJSON === 'function') {
    const plain: unknown = toJSON.call(value, '');
    return plain === value ? undefined : { plain, isFinal: true };
  }
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return undefined;
  if (isError(value)) return { plain: errorForm(value), isFinal: false };
  const entries = collection(value);
  if (entries !== undefined) return entries;
  const speaks = typeof toPrimitive === 'function' || typeof toString === 'function';
  if (!speaks) return undefined;
  // What has members is written by them, and what has none by what it says.
  const isFinal =
    tagOf(value) !== '[object RegExp]' &&
    Object.values(value).every((member) => typeof member === 'function');
  // oxlint-disable-next-line typescript/no-base-to-string -- its own one
  return { plain: String(value), isFinal };
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype || Array.isArray(value);
}

/** A `Buffer` has a `toJSON` of its own, which lists its bytes. */
function isBytes(value: object): boolean {
  return ArrayBuffer.isView(value) && !Object.hasOwn(value, 'toJSON');
}

function isUsualDate(value: object): boolean {
  return Object.getPrototypeOf(value) === Date.prototype && Object.keys(value).length === 0;
}

function primitiveIn(value: object, valueOf: (value: object) => unknown): unknown {
  try {
    return valueOf(value);
  } catch {
    return undefined;
  }
}

function isError(value: object): value is Error {
  return value instanceof Error || tagOf(value) === '[object Error]';
}

/** Members that do not show up among the others. */
function errorForm(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const { errors } = error as { readonly errors?: unknown };
  return { ...Object.fromEntries(Object.entries(error)), name, message, stack, cause, errors };
}

function collection(value: object): WrittenForm | undefined {
  const tag = tagOf(value);
  const isNamed = NAMED.has(tag);
  if (!isNamed && tag !== LISTED) return undefined;
  if (!(Symbol.iterator in value)) return undefined;
  const items: unknown[] = [];
  for (const item of value as Iterable<unknown>) {
    if (items.length >= MOST_ENTRIES) throw new RangeError('a collection with too many entries');
    items.push(item);
  }
  const pairs = items.filter((item) => isPair(item));
  const isMap = isNamed && pairs.length === items.length;
  return { plain: isMap ? mapOf(pairs) : items, isFinal: false };
}

function isPair(item: unknown): item is readonly [string, unknown] {
  return Array.isArray(item) && item.length === 2 && typeof item[0] === 'string';
}

/** A name that comes again has a list of values. */
function mapOf(pairs: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const lists = new Map<string, unknown[]>();
  for (const [name, value] of pairs) {
    const list = lists.get(name);
    if (list === undefined) lists.set(name, [value]);
    else list.push(value);
  }
  return Object.fromEntries(
    [...lists].map(([name, list]) => [name, list.length === 1 ? list[0] : list]),
  );
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value);
}
