import { type Field, fieldsOf } from './protobuf-fields.ts';
import type { Signal } from '@llm-otel/core';

/** A part of an OTLP request, a whole request itself. */
export interface RequestPart {
  readonly items: number;
  readonly body: Uint8Array;
}

// Every OTLP request is built alike: field 1 holds the resources, their field 2 the scopes, their field 2 the
// items (spans, log records, metrics). All other fields belong to the resource or the scope.
const RESOURCES = 1;
const SCOPES = 2;
const ITEMS = 2;

/**
 * How many of the first spans, log records or metrics have about half of the bytes of all of them. Undefined when there is
 * only one.
 */
export function firstHalf(body: Uint8Array): number | undefined {
  const items = [...itemFields(body)];
  if (items.length < 2) return undefined;
  const half = items.reduce((sum, item) => sum + item.to - item.start, 0) / 2;
  let bytes = 0;
  let index = 0;
  // At least one item on each side.
  do {
    bytes += items[index]!.to - items[index]!.start;
    index++;
  } while (index < items.length - 1 && bytes < half);
  return index;
}

/** How many spans, log records or data points a request holds. */
export function countItems(body: Uint8Array, signal: Signal): number {
  let count = 0;
  for (const item of itemFields(body)) count += pointsOf(body, item, signal);
  return count;
}

/** The items of a request: spans, log records or metrics. */
export function* itemFields(body: Uint8Array): Generator<Field> {
  for (const resource of fieldsOf(body)) {
    if (resource.number !== RESOURCES) continue;
    for (const scope of fieldsOf(body, resource.from, resource.to)) {
      if (scope.number !== SCOPES) continue;
      for (const item of fieldsOf(body, scope.from, scope.to))
        if (item.number === ITEMS) yield item;
    }
  }
}

/**
 * The request with the items that `keep` says, by their number in it, and the resources and scopes they stand under. Works on the
 * encoded bytes, so it needs neither the SDK objects nor the encoder.
 */
export function partOf(
  body: Uint8Array,
  signal: Signal,
  keep: (index: number) => boolean,
): RequestPart {
  let items = 0;
  let index = 0;
  const chunks: Uint8Array[] = [];
  for (const resource of fieldsOf(body)) {
    if (resource.number !== RESOURCES) continue;
    let kept = 0;
    const parts: Uint8Array[] = [];
    for (const field of fieldsOf(body, resource.from, resource.to)) {
      if (field.number !== SCOPES) {
        parts.push(body.subarray(field.start, field.to));
        continue;
      }
      const scope: Uint8Array[] = [];
      let keptInScope = 0;
      for (const member of fieldsOf(body, field.from, field.to)) {
        if (member.number === ITEMS) {
          if (!keep(index++)) continue;
          keptInScope += 1;
          items += pointsOf(body, member, signal);
        }
        scope.push(body.subarray(member.start, member.to));
      }
      kept += keptInScope;
      if (keptInScope > 0) parts.push(message(SCOPES, scope));
    }
    if (kept > 0) chunks.push(message(RESOURCES, parts));
  }
  return { items, body: joined(chunks) };
}

/** 1, or for a metric the number of its data points: field 1 of whichever kind of metric it is. */
function pointsOf(body: Uint8Array, item: Field, signal: Signal): number {
  if (signal !== 'metrics') return 1;
  let points = 0;
  for (const data of fieldsOf(body, item.from, item.to)) {
    if (data.wireType !== 2 || !DATA_FIELDS.has(data.number)) continue;
    for (const point of fieldsOf(body, data.from, data.to)) if (point.number === 1) points++;
  }
  return points;
}

// gauge, sum, histogram, exponential_histogram, summary
const DATA_FIELDS: ReadonlySet<number> = new Set([5, 7, 9, 10, 11]);

function message(number: number, parts: readonly Uint8Array[]): Uint8Array {
  const header: number[] = [number * 8 + 2];
  let length = parts.reduce((sum, part) => sum + part.length, 0);
  while (length > 127) {
    header.push((length & 127) | 128);
    length = Math.floor(length / 128);
  }
  header.push(length);
  return joined([Uint8Array.from(header), ...parts]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}
