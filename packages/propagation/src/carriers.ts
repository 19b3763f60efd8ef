import type { TextMapGetter, TextMapSetter } from '@opentelemetry/api';
import { listedNames, listedValue, removeListed, setListed } from './listed-headers.ts';

/**
 * `Headers` of fetch, and everything that looks like it: `Headers` of undici or of an edge runtime, `Metadata` of
 * gRPC, `MsgHdrs` of NATS.
 */
export interface HeadersLike {
  get(name: string): unknown;
  set(name: string, value: string): unknown;
}

/**
 * Where headers are written to and read from: `Headers` and what looks like it, a `Map`, a plain object such as
 * `IncomingHttpHeaders` or the headers of a message in Kafka or AMQP, a list of headers (node-rdkafka), or what has one
 * of these as its `headers` (`IncomingMessage`, a `Request` of fetch or of a framework). Names are found in any case; a list of values is several
 * headers; bytes are read as UTF-8. A `ClientRequest` can be written to.
 */
export type HeaderCarrier = HeadersLike | object;

/** Reads a {@link HeaderCarrier}. */
export const headerGetter: TextMapGetter<HeaderCarrier> = {
  get(carrier, name) {
    if (carrier instanceof Map) return textOf(carrier.get(keyIn(carrier.keys(), name)));
    if (isHeadersLike(carrier)) return textOf(allOf(carrier, name) ?? carrier.get(name));
    if (Array.isArray(carrier)) return textOf(listedValue(carrier, name));
    const found = (carrier as Record<string, unknown>)[keyInObject(carrier, name)];
    if (found !== undefined) return textOf(found);
    const headers = headersOf(carrier);
    return headers && headerGetter.get(headers, name);
  },
  keys(carrier) {
    if (carrier instanceof Map) return stringsOf(carrier.keys());
    if (Array.isArray(carrier)) return listedNames(carrier);
    if (!isHeadersLike(carrier)) {
      const headers = headersOf(carrier);
      return headers === undefined ? Object.keys(carrier) : headerGetter.keys(headers);
    }
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
    else if (isOutgoing(carrier)) carrier.setHeader(name, value);
    else if (Array.isArray(carrier)) setListed(carrier, name, value);
    else {
      const headers = headersOf(carrier);
      if (headers === undefined) {
        (carrier as Record<string, unknown>)[keyInObject(carrier, name)] = value;
      } else headerSetter.set(headers, name, value);
    }
  },
};

/** Takes a header out of a {@link HeaderCarrier}, in whatever case it is there. */
export function removeHeader(carrier: HeaderCarrier, name: string): void {
  if (carrier instanceof Map) carrier.delete(keyIn(carrier.keys(), name));
  else if (isHeadersLike(carrier)) {
    // `Metadata` of gRPC calls it `remove`.
    const { delete: drop, remove } = carrier as HeadersLike & Record<'delete' | 'remove', unknown>;
    if (typeof drop === 'function') drop.call(carrier, name);
    else if (typeof remove === 'function') remove.call(carrier, name);
  } else if (isOutgoing(carrier)) carrier.removeHeader(name);
  else if (Array.isArray(carrier)) removeListed(carrier, name);
  else {
    const headers = headersOf(carrier);
    if (headers !== undefined) removeHeader(headers, name);
    else delete (carrier as Record<string, unknown>)[keyInObject(carrier, name)];
  }
}

/** A request on its way out: what is assigned to it as a member goes nowhere. */
interface Outgoing {
  setHeader(name: string, value: string): unknown;
  removeHeader(name: string): unknown;
}

function isOutgoing(carrier: object): carrier is Outgoing {
  const { setHeader, removeHeader: remove } = carrier as Readonly<Record<string, unknown>>;
  return typeof setHeader === 'function' && typeof remove === 'function';
}

/** The headers of a request that is passed in their place. */
function headersOf(carrier: object): object | undefined {
  const { headers } = carrier as { readonly headers?: unknown };
  if (typeof headers !== 'object' || headers === null) return undefined;
  // A list of texts is a header of that name with several values.
  if (Array.isArray(headers)) return typeof headers[0] === 'object' ? headers : undefined;
  // No deeper: an object that has itself as its headers would never end.
  return isHeadersLike(headers) || !('headers' in headers) ? headers : undefined;
}

/** True for a `Map` too. */
export function isHeadersLike(carrier: object): carrier is HeadersLike {
  const { get, set } = carrier as { readonly get?: unknown; readonly set?: unknown };
  return typeof get === 'function' && typeof set === 'function';
}

/** Each value of a header of NATS, whose `get` gives the first one: two traceparents are none. `values` of fetch takes no name. */
function allOf(carrier: HeadersLike, name: string): unknown[] | undefined {
  const { values } = carrier as { readonly values?: unknown };
  if (typeof values !== 'function' || values.length === 0) return undefined;
  const all: unknown = (values as (name: string) => unknown).call(carrier, name);
  return Array.isArray(all) && all.length > 1 ? all : undefined;
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
