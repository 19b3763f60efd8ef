import {
  type LogRecordTransform,
  logRecordView,
  type ReadableLogRecord,
  type ReadableSpan,
  type SpanTransform,
  spanView,
} from '@llm-otel/core';
import { eachOf } from './each-of.ts';
import { truncate } from './truncate.ts';
import { define } from './value-shapes.ts';

/**
 * Cuts the values of a span's attributes, and of those of its events and links, to `longest` characters. For a place
 * behind redaction: the limit of the SDK cuts in front of it, and leaves half a secret that nobody recognises. No cut
 * goes through a placeholder.
 */
export function cutSpanAttributes(longest: number): SpanTransform {
  const withCutAttributes = <T extends { readonly attributes?: object }>(item: T): T => {
    const attributes = cutAttributes(item.attributes, longest);
    return attributes === item.attributes ? item : { ...item, attributes };
  };
  return {
    name: 'attribute_lengths',
    transform(span: ReadableSpan) {
      const changes = {
        attributes: cutAttributes(span.attributes, longest),
        events: eachOf(span.events, withCutAttributes),
        links: eachOf(span.links, withCutAttributes),
      };
      const isSame =
        changes.attributes === span.attributes &&
        changes.events === span.events &&
        changes.links === span.links;
      return isSame ? span : spanView(span, changes);
    },
  };
}

/** The same for log records. A body is no attribute, and stays whole. */
export function cutLogAttributes(longest: number): LogRecordTransform {
  return {
    name: 'attribute_lengths',
    transform(record: ReadableLogRecord) {
      const attributes = cutAttributes(record.attributes, longest);
      return attributes === record.attributes ? record : logRecordView(record, { attributes });
    },
  };
}

/** The same object where nothing in it is longer. */
function cutAttributes<T extends object | undefined>(attributes: T, longest: number): T {
  return cutValue(attributes, longest, new Map()) as T;
}

/** @param done - what was made of objects that were met: they may be within themselves, or in many places */
function cutValue(value: unknown, longest: number, done: Map<object, unknown>): unknown {
  if (typeof value === 'string') return truncate(value, longest);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array)
    return value.length > longest ? value.subarray(0, longest) : value;
  if (done.has(value)) return done.get(value);
  done.set(value, value);
  const cut = Array.isArray(value)
    ? eachOf(value as unknown[], (item) => cutValue(item, longest, done))
    : cutMembers(value as Readonly<Record<string, unknown>>, longest, done);
  done.set(value, cut);
  return cut;
}

function cutMembers(
  map: Readonly<Record<string, unknown>>,
  longest: number,
  done: Map<object, unknown>,
): object {
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(map)) {
    const member = map[key];
    const cut = cutValue(member, longest, done);
    if (!Object.is(cut, member)) define((copy ??= { ...map }), key, cut);
  }
  return copy ?? map;
}
