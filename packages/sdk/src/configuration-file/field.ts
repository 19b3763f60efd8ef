import { EnvironmentReader, unknownOptions } from '@llm-otel/core';
import type { Choice } from './configuration-model.ts';
import type { FileNode } from './file-node.ts';

/** How one value of the file is read, and what the reference page says of it. */
export interface Field<T> {
  /** What may stand there. */
  readonly type: string;
  readonly unit?: string | undefined;
  /** Of a mapping, or of what a choice is from. */
  readonly fields?: Fields | undefined;
  /** Of a list. */
  readonly items?: Field<unknown> | undefined;
  readonly isRequired?: boolean | undefined;
  /** Why nothing is done with it. */
  readonly unsupported?: string | undefined;
  /** Reads a value that is there. `undefined` where it cannot be used, which was noted then. */
  readonly read: (node: FileNode) => T | undefined;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** A field for each member of `M`. */
export type FieldsOf<M> = { readonly [K in keyof M]-?: Field<NonNullable<M[K]>> };

/** Keys that the schema has and nothing is done with, and why. */
export type Unsupported = Readonly<Record<string, string>>;

export const text: Field<string> = {
  type: 'text',
  read: (node) => (typeof node.value === 'string' ? node.value : node.invalid('text')),
};

/** Text that `reader` can read as a variable is read. */
function asVariable(type: string, canRead: (reader: EnvironmentReader) => unknown): Field<string> {
  return {
    type,
    read: (node) => {
      let isValid = typeof node.value === 'string';
      const reader = new EnvironmentReader({ text: String(node.value) }, () => (isValid = false));
      canRead(reader);
      return isValid ? (node.value as string) : node.invalid(type);
    },
  };
}

const anyUrl = asVariable('an http or https URL', (reader) => reader.httpUrl('text'));

/** A variable may be empty, and a URL may not. */
export const url: Field<string> = {
  ...anyUrl,
  read: (node) => (node.value === '' ? node.invalid(anyUrl.type) : anyUrl.read(node)),
};

export const pairs: Field<string> = asVariable(
  'key=value pairs, separated by commas, percent-encoded',
  (reader) => reader.pairs('text'),
);

export function matching(pattern: RegExp, type: string): Field<string> {
  return {
    type,
    read: (node) =>
      typeof node.value === 'string' && pattern.test(node.value) ? node.value : node.invalid(type),
  };
}

export const flag: Field<boolean> = {
  type: 'true or false',
  read: (node) => (typeof node.value === 'boolean' ? node.value : node.invalid('true or false')),
};

/** A number from `min` to `max`; whole, unless `isWhole` is false. */
export function number(
  unit: string | undefined,
  min: number,
  { max = Infinity, isWhole = true }: { readonly max?: number; readonly isWhole?: boolean } = {},
): Field<number> {
  const kind = isWhole ? 'a whole number' : 'a number';
  const range = max === Infinity ? ` of at least ${min}` : ` from ${min} to ${max}`;
  const type = kind + (min === -Infinity ? '' : range);
  return {
    type,
    unit,
    read: (node) => {
      const { value } = node;
      const fits =
        typeof value === 'number' &&
        value >= min &&
        value <= max &&
        (isWhole ? Number.isSafeInteger(value) : Number.isFinite(value));
      return fits ? value : node.invalid(type);
    },
  };
}

/** How long the text of an attribute may be. */
export const valueLength: Field<number> = {
  ...number('{character}', 0),
  type: 'a whole number of at least 0; values are cut to 64 at least',
};

export const millis: Field<number> = { ...number(undefined, 0), type: 'milliseconds' };

export function words<const T extends string>(...known: readonly T[]): Field<T> {
  const type = known.join(', ');
  return {
    type,
    read: (node) => known.find((word) => word === node.value) ?? node.invalid(`one of ${type}`),
  };
}

export function list<T>(
  items: Field<T>,
  { mayBeEmpty = false }: { readonly mayBeEmpty?: boolean } = {},
): Field<readonly T[]> {
  return {
    type: 'a list',
    items,
    read: (node) => {
      if (!Array.isArray(node.value)) return node.invalid('a list');
      if (node.value.length === 0 && !mayBeEmpty)
        return node.invalid('a list with at least one, or leave it out');
      return node.value.flatMap((value: unknown, index) => {
        const item = node.at(index, value);
        const read = item.isAbsent ? item.invalid(items.type) : items.read(item);
        return read === undefined ? [] : [read];
      });
    },
  };
}

/** A mapping with these keys and no others, but for those that are none of our business. */
export function object<M extends object>(
  members: FieldsOf<M>,
  not: Unsupported = {},
  isOfOthers: (key: string) => boolean = () => false,
): Field<M> {
  const fields: Fields = { ...(members as Fields), ...unsupportedFields(not) };
  return {
    type: 'a mapping',
    fields,
    read: (node) => {
      const given = mappingIn(node);
      if (given === undefined) return undefined;
      noteUnknown(node, given, fields, isOfOthers);
      const entries = Object.entries(fields).map(([key, field]) => {
        const child = node.at(key, given[key]);
        if (!child.isAbsent) return [key, field.read(child)] as const;
        if (field.isRequired === true) child.invalid(field.type);
        return [key, undefined] as const;
      });
      return Object.fromEntries(entries) as M;
    },
  };
}

/** A mapping with one key, which says what it is: `batch: {…}`. A key without a value has the defaults. */
export function choice<M extends object>(
  members: FieldsOf<M>,
  not: Unsupported = {},
): Field<Choice<M>> {
  const fields: Fields = { ...(members as Fields), ...unsupportedFields(not) };
  const type = `one of ${Object.keys(members).join(', ')}`;
  return {
    type,
    fields,
    read: (node) => {
      const given = mappingIn(node);
      if (given === undefined) return undefined;
      const [key, ...more] = Object.keys(given);
      if (key === undefined || more.length > 0)
        return node.invalid(`a mapping with one key, ${type}`);
      noteUnknown(node, given, fields);
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      const value = field?.read(node.at(key, given[key] ?? {}));
      return value === undefined ? undefined : ({ kind: key, value } as Choice<M>);
    },
  };
}

export function required<T>(field: Field<T>): Field<T> {
  return { ...field, isRequired: true };
}

function unsupportedFields(reasons: Unsupported): Fields {
  return Object.fromEntries(
    Object.entries(reasons).map(([key, reason]): [string, Field<never>] => [
      key,
      {
        type: '',
        unsupported: reason,
        read(node) {
          node.problems.notSupported(node.path, reason);
          return undefined;
        },
      },
    ]),
  );
}

/** Plain data that `parse` checks; its error is the error of the file. */
export function data<T>(type: string, parse: (value: unknown) => T): Field<T> {
  return {
    type,
    read: (node) => {
      try {
        return parse(node.value);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        node.problems.invalid(node.path, `${node.name}: ${reason}`);
        return undefined;
      }
    },
  };
}

function mappingIn(node: FileNode): Record<string, unknown> | undefined {
  const { value } = node;
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  return node.invalid('a mapping');
}

function noteUnknown(
  node: FileNode,
  given: object,
  fields: Fields,
  isOfOthers: (key: string) => boolean = () => false,
): void {
  const known = Object.fromEntries(Object.keys(fields).map((key) => [key, true] as const));
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(fields, key) || isOfOthers(key)) continue;
    const [error] = unknownOptions({ [key]: true }, known as Record<string, true>, node.name);
    if (error !== undefined) node.problems.invalid([...node.path, key], error.message);
  }
}
