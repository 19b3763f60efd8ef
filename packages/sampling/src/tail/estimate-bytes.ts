import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';

// Measured as heap growth with spans of the SDK on Node.js 24; test/memory-estimate.test.ts holds them against it.
/** What a trace takes beside its spans. */
export const TRACE_BYTES = 480;
const SPAN = 850;
const ATTRIBUTE = 16;
const EVENT = 400;
const LINK = 350;
const OBJECT = 40;
const STRING = 24;
// Short ones are mostly names that the program holds anyway.
const SHORT_STRING = 16;
const SHORT_STRING_BYTES = 8;
const LONG_STRING = 256;
const MAX_DEPTH = 8;

/**
 * About how many bytes of heap a held span takes. Resource and scope are shared, so they do not count. Looks at
 * every attribute but not at every character, so it costs a fraction of a microsecond.
 */
export function estimateBytes(span: ReadableSpan): number {
  let bytes = SPAN + attributesBytes(span.attributes, 0);
  if (span.events.length > 0) {
    for (const event of span.events) bytes += EVENT + memberBytes(event.attributes);
  }
  if (span.links.length > 0) {
    for (const link of span.links) bytes += LINK + memberBytes(link.attributes);
  }
  const { message } = span.status;
  return message === undefined ? bytes : bytes + stringBytes(message);
}

function memberBytes(attributes: Attributes | undefined): number {
  return attributes === undefined ? 0 : attributesBytes(attributes, 0);
}

function attributesBytes(attributes: object, depth: number): number {
  let bytes = 0;
  // The fastest way to go through an object; inherited keys do no harm here.
  // oxlint-disable-next-line guard-for-in
  for (const key in attributes) {
    const value = (attributes as Record<string, unknown>)[key];
    bytes += ATTRIBUTE;
    if (typeof value === 'string') bytes += stringBytes(value);
    else if (typeof value === 'object' && value !== null) bytes += objectBytes(value, depth + 1);
  }
  return bytes;
}

/** Arrays, maps and bytes: attribute values of any depth, and whatever else someone has put there. */
function objectBytes(value: object, depth: number): number {
  if (ArrayBuffer.isView(value)) return OBJECT + value.byteLength;
  // Deeper ones are too rare to matter, and a cycle would never end.
  return depth > MAX_DEPTH ? OBJECT : OBJECT + attributesBytes(value, depth);
}

/** A character takes one byte, or two where the string has one that is not Latin 1. */
function stringBytes(value: string): number {
  const { length } = value;
  if (length <= SHORT_STRING) return SHORT_STRING_BYTES;
  return STRING + (length > LONG_STRING && isWide(value) ? length * 2 : length);
}

/** Looks at 16 characters, evenly spread. */
function isWide(value: string): boolean {
  const step = value.length >> 4;
  for (let at = 0; at < value.length; at += step) {
    if (value.charCodeAt(at) > 255) return true;
  }
  return false;
}
