import type { TextMapGetter, TextMapSetter } from '@opentelemetry/api';

/**
 * `Headers` of fetch, and everything that looks like it: `Headers` of undici or of an edge runtime, `Metadata` of
 * gRPC, `MsgHdrs` of NATS.
 */
export interface HeadersLike {
  get(name: string): unknown;
  set(name: string, value: string): unknown;
}

/**
 * Where headers are written to and read from: `Headers` and what looks like it, a `Map`, or a plain object such as
 * `IncomingHttpHeaders` or the headers of a message in Kafka or AMQP. Names are found in any case; a list of values is
 * several headers; bytes are read as UTF-8.
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
    if (!isHeadersLike(carrier)) return Object.keys(carrier);
    // Headers are iterable where they can be listed; Metadata of gRPC gives an object.
    const listed = carrier as { keys?: unknown; getMap?: unknown };
    if (typeof listed.keys === 'function') return stringsOf(listed.keys() as Iterable<unknown>);
    return typeof listed.getMap === 'function' ? Object.keys(listed.getMap() as object) : [];
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

/** True for a `Map` too. */
export function isHeadersLike(carrier: object): carrier is HeadersLike {
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

/** More than any header of ours is long, so that a value of megabytes is not decoded. */
const MAX_BYTES = 16_384;
const UTF8 = new TextDecoder();

function textOf(value: unknown): string | string[] | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return UTF8.decode(value.subarray(0, MAX_BYTES));
  if (!Array.isArray(value)) return undefined;
  return value.map(textOf).filter((line): line is string => typeof line === 'string');
}

function stringsOf(keys: Iterable<unknown>): string[] {
  return [...keys].filter((key): key is string => typeof key === 'string');
}
