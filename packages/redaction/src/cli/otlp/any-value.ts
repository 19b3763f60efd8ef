import { applyRedacted, type PartContext, redactBelow, redactedMember } from '../redact-part.ts';
import { FreeNames } from '../../free-names.ts';
import type { Container } from '../editor.ts';

/** A value of an attribute as OTLP/JSON writes it. */
export type AnyValue = Readonly<Record<string, unknown>>;

export interface KeyValue {
  readonly key: string;
  readonly value?: AnyValue | undefined;
}

/** The value itself. Integers that a double cannot hold lose their last digits: no finding is of that size. */
function plainValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const any = value as AnyValue;
  if (typeof any.stringValue === 'string') return any.stringValue;
  if (any.intValue !== undefined) return numberOr(any.intValue);
  if (any.doubleValue !== undefined) return numberOr(any.doubleValue);
  if (any.boolValue !== undefined) return Boolean(Number(any.boolValue));
  if (typeof any.bytesValue === 'string')
    return new Uint8Array(Buffer.from(any.bytesValue, 'base64'));
  if (any.arrayValue !== undefined) return itemsOf(any).map(plainValue);
  if (any.kvlistValue !== undefined) return plainAttributes(keyValuesOf(any));
  // Nothing that OTLP knows: looked at as it is.
  return any;
}

export function isKeyValue(item: unknown): item is KeyValue {
  return typeof (item as Partial<KeyValue> | null | undefined)?.key === 'string';
}

/** Attributes as a map. Of those with the same key the last one counts. */
export function plainAttributes(list: unknown): Record<string, unknown> {
  const items = Array.isArray(list) ? list.filter(isKeyValue) : [];
  return Object.fromEntries(items.map(({ key, value }) => [key, plainValue(value)]));
}

/** Redacts an attribute of a list, also when another one has its key. */
export function redactKeyValue(
  list: readonly unknown[],
  index: number,
  path: readonly string[],
  context: PartContext,
): void {
  const { key, value } = list[index] as KeyValue;
  const plain = plainValue(value);
  const alone = Object.fromEntries([[key, plain]]);
  const redacted = redactBelow(path, alone, context.redactor, context.eventName);
  const [member] = Object.entries(redacted as object) as [string, unknown][];
  applyMember(list, index, plain, member, path, context);
}

/** Redacts a value that stands alone, such as the body of a log record. */
export function redactAnyValue(container: Container, member: string, context: PartContext): void {
  const plain = plainValue((container as AnyValue)[member]);
  const redacted = context.redactor.redactDeep(plain, context.eventName);
  applyAny(container, member, plain, redacted, [], context);
}

const freeNames = new WeakMap<readonly unknown[], FreeNames>();

/** The names for members of a list, which no other one of it has. */
function freeNamesOf(list: readonly unknown[]): FreeNames {
  let known = freeNames.get(list);
  if (known === undefined) {
    const taken = new Set(list.filter(isKeyValue).map(({ key }) => key));
    known = new FreeNames((name) => taken.has(name));
    freeNames.set(list, known);
  }
  return known;
}

/** Puts a member of a redacted map into its place; `undefined` is one that went. */
function applyMember(
  list: readonly unknown[],
  index: number,
  plain: unknown,
  member: readonly [string, unknown] | undefined,
  path: readonly string[],
  context: PartContext,
): void {
  const item = list[index] as KeyValue;
  if (member === undefined) {
    context.editor.remove(list, index);
    return;
  }
  const [name, redacted] = member;
  if (name !== item.key)
    context.editor.set(asContainer(item), 'key', freeNamesOf(list).nameFor(name));
  applyAny(asContainer(item), 'value', plain, redacted, [...path, item.key], context);
}

function applyAny(
  container: Container,
  member: string | number,
  plain: unknown,
  redacted: unknown,
  path: readonly string[],
  context: PartContext,
): void {
  const { editor } = context;
  if (redacted === undefined && plain !== undefined) {
    // Content that went as a whole.
    editor.set(container, member, {});
    return;
  }
  const original = (container as Readonly<Record<string | number, unknown>>)[member];
  if (typeof original !== 'object' || original === null) {
    if (!Object.is(plain, redacted)) editor.set(container, member, { stringValue: redacted });
    return;
  }
  const any = original as AnyValue;
  // Looked into also where nothing changed: members with the same key hide each other.
  if (any.kvlistValue !== undefined && isObject(redacted)) {
    applyMembers(keyValuesOf(any), plain as object, redacted, path, context);
  } else if (any.arrayValue !== undefined && Array.isArray(redacted)) {
    const items = itemsOf(any);
    for (const [index, item] of (plain as unknown[]).entries()) {
      if (index >= redacted.length) editor.remove(items, index);
      else applyAny(items, index, item, redacted[index], path, context);
    }
  } else if (Object.is(plain, redacted)) return;
  else if (typeof any.stringValue === 'string') editor.set(any, 'stringValue', redacted);
  else if (redacted instanceof Uint8Array)
    editor.set(any, 'bytesValue', Buffer.from(redacted).toString('base64'));
  else if (plain === any && isObject(redacted))
    applyRedacted(any, redacted as Container, path, context);
  else editor.set(container, member, { stringValue: String(redacted) });
}

function applyMembers(
  list: readonly unknown[],
  plain: object,
  redacted: object,
  path: readonly string[],
  context: PartContext,
): void {
  const last = new Map(list.filter(isKeyValue).map((item) => [item.key, item]));
  for (const [index, item] of list.entries()) {
    if (!isKeyValue(item)) continue;
    const { key } = item;
    if (last.get(key) !== item) {
      redactKeyValue(list, index, path, context);
      continue;
    }
    const before = (plain as AnyValue)[key];
    const after: readonly [string, unknown] | undefined = Object.hasOwn(redacted, key)
      ? [key, (redacted as AnyValue)[key]]
      : redactedMember(path, key, before, context);
    applyMember(list, index, before, after, path, context);
  }
}

function numberOr(value: unknown): unknown {
  const number = Number(value);
  return Number.isNaN(number) && typeof value === 'string' ? value : number;
}

function keyValuesOf({ kvlistValue }: AnyValue): readonly unknown[] {
  return valuesOf(kvlistValue);
}

function itemsOf({ arrayValue }: AnyValue): readonly unknown[] {
  return valuesOf(arrayValue);
}

function valuesOf(list: unknown): readonly unknown[] {
  const values = (list as { readonly values?: unknown } | null)?.values;
  return Array.isArray(values) ? values : [];
}

function asContainer(item: KeyValue): Container {
  return item as unknown as Container;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
