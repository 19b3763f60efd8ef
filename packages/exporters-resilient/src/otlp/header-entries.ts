import { InvalidOptionError } from '@llm-otel/core';
import { kindOf } from '../options.ts';

/** Names and values of headers: an object, what `new Headers()` makes, a Map, or a list of pairs. */
export type HeaderValues =
  | Readonly<Record<string, string>>
  | Iterable<readonly [name: string, value: string]>;

const USE =
  'an object of header names and values, a Headers or Map object, or a list of [name, value]';

/**
 * The headers one by one. An object that has them elsewhere than in its own members, as `Headers` does, would otherwise be taken
 * for an empty one. Throws {@link InvalidOptionError} for what is no header at all, without printing a value.
 */
export function headerEntries(headers: HeaderValues, option: string): [string, string][] {
  const invalid = (): InvalidOptionError =>
    new InvalidOptionError({ option, value: kindOf(headers), use: USE });
  if (typeof headers !== 'object' || (headers as unknown) === null) throw invalid();
  const entries: unknown[] =
    Symbol.iterator in headers ? [...headers] : Object.entries(headers as object);
  // An instance of something that keeps its headers in private.
  if (entries.length === 0 && !Array.isArray(headers) && !isEmptyByNature(headers)) throw invalid();
  return entries.map((entry) => {
    if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'string')
      throw invalid();
    const [name, value] = entry as [string, unknown];
    if (typeof value !== 'string')
      throw new InvalidOptionError({
        option: `${option}[${JSON.stringify(name)}]`,
        value: kindOf(value),
        use: 'text; a variable that is not set is a frequent cause',
      });
    return [name, value];
  });
}

function isEmptyByNature(headers: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(headers);
  return prototype === null || prototype === Object.prototype || Symbol.iterator in headers;
}
