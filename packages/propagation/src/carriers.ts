import type { TextMapGetter, TextMapSetter } from '@opentelemetry/api';

/** `Headers` of fetch, and everything that looks like it: a `Map`, `Headers` of undici, of an edge runtime. */
export interface HeadersLike {
  get(name: string): unknown;
  set(name: string, value: string): unknown;
}

/**
 * Where headers are written to and read from: `Headers`, a `Map`, or a plain object such as `IncomingHttpHeaders`.
 * Names are found in any case; a list of values is several headers.
 */
export type HeaderCarrier = HeadersLike | object;

/** Reads a {@link HeaderCarrier}. */
export const headerGetter: TextMapGetter<HeaderCarrier> = {
  get(carrier, name) {
    if (carrier instanceof Map) return textOf(carrier.get(keyIn(carrier.keys(), name)));
    if (isHeadersLike(carrier)) return textOf(carrier.get(name));
    return textOf((carrier as Record<string, unknown>)[keyInObject(carrier, name)]);
  },
  keys(carrier) {
    if (carrier instanceof Map) return stringsOf(carrier.keys());
    // Headers are iterable where they can be listed.
    const listed = carrier as { keys?: unknown };
    if (isHeadersLike(carrier) && typeof listed.keys === 'function') {
      return stringsOf(listed.keys() as Iterable<unknown>);
    }
    return Object.keys(carrier);
  },
};

/** Writes a {@link HeaderCarrier}. A header that is there in another case is replaced, not doubled. */
export const headerSetter: TextMapSetter<HeaderCarrier> = {
  set(carrier, name, value) {
    if (carrier instanceof Map) carrier.set(keyIn(carrier.keys(), name), value);
    else if (isHeadersLike(carrier)) carrier.set(name, value);
    else (carrier as Record<string, unknown>)[keyInObject(carrier, name)] = value;
  },
};

function isHeadersLike(carrier: object): carrier is HeadersLike {
  const { get, set } = carrier as { readonly get?: unknown; readonly set?: unknown };
  return typeof get === 'function' && typeof set === 'function';
}

/** The key as the carrier spells it; `name` where it has none. */
function keyInObject(carrier: object, name: string): string {
  return Object.hasOwn(carrier, name) ? name : keyIn(Object.keys(carrier), name);
}

function keyIn(keys: Iterable<unknown>, name: string): string {
  for (const key of keys) {
    if (
      typeof key === 'string' &&
      key.length === name.length &&
      (key === name || key.toLowerCase() === name)
    ) {
      return key;
    }
  }
  return name;
}

function textOf(value: unknown): string | string[] | undefined {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return undefined;
  return value.filter((line): line is string => typeof line === 'string');
}

function stringsOf(keys: Iterable<unknown>): string[] {
  return [...keys].filter((key): key is string => typeof key === 'string');
}
