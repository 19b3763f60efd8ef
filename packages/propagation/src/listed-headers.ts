import { MAX_BYTES } from './baggage/limits.ts';

/**
 * Headers as a list of entries: `[{ name: value }]` of node-rdkafka and of Kafka's events in Lambda,
 * `[[name, value]]` of fetch, `[{ key, value }]` and `[{ name, value }]` of others.
 */
export type ListedHeaders = unknown[];

// Longer lists are no headers: 64 members of baggage and all others fit many times.
const MOST = 1024;
const PAIRS = [
  ['key', 'value'],
  ['name', 'value'],
] as const;

/** Every value under `name`, in any case of it; `undefined` where there is none. */
export function listedValue(headers: ListedHeaders, name: string): unknown[] | undefined {
  const values: unknown[] = [];
  for (const [key, value] of entriesOf(headers)) {
    if (key.length !== name.length || key.toLowerCase() !== name) continue;
    // A header that has several values is a list of its own.
    if (Array.isArray(value) && !isBytes(value)) values.push(...value);
    else values.push(isBytes(value) ? Uint8Array.from(value.slice(0, MAX_BYTES)) : value);
  }
  return values.length === 0 ? undefined : values;
}

export function listedNames(headers: ListedHeaders): string[] {
  return entriesOf(headers).map(([key]) => key);
}

/** Adds a header in the form of those that are there, in place of others of its name. */
export function setListed(headers: ListedHeaders, name: string, value: string): void {
  removeListed(headers, name.toLowerCase());
  const [first] = headers;
  const pair = PAIRS.find((members) => isPair(first, members));
  if (Array.isArray(first)) headers.push([name, value]);
  else if (pair === undefined) headers.push({ [name]: value });
  else headers.push({ [pair[0]]: name, [pair[1]]: value });
}

export function removeListed(headers: ListedHeaders, name: string): void {
  const kept = headers.filter(
    (header) => !entriesOf([header]).some(([key]) => key.toLowerCase() === name),
  );
  if (kept.length !== headers.length) headers.splice(0, headers.length, ...kept);
}

function entriesOf(headers: ListedHeaders): [name: string, value: unknown][] {
  const entries: [string, unknown][] = [];
  for (const header of headers.slice(0, MOST)) {
    if (typeof header !== 'object' || header === null) continue;
    const pair = PAIRS.find((members) => isPair(header, members));
    if (pair !== undefined) {
      const { [pair[0]]: name, [pair[1]]: value } = header as Readonly<Record<string, unknown>>;
      entries.push([name as string, value]);
    } else if (!Array.isArray(header)) entries.push(...Object.entries(header));
    else if (typeof header[0] === 'string') entries.push([header[0], header[1]]);
  }
  return entries;
}

function isPair(header: unknown, [name, value]: (typeof PAIRS)[number]): boolean {
  if (typeof header !== 'object' || header === null || !(value in header)) return false;
  return typeof (header as Readonly<Record<string, unknown>>)[name] === 'string';
}

/** Bytes as JSON has them, in events of Kafka in Lambda. */
function isBytes(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((byte) => Number.isInteger(byte));
}
