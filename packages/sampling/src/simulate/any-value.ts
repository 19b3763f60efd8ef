import type { Attributes } from '@opentelemetry/api';

type Json = Readonly<Record<string, unknown>>;

// Deeper ones are no telemetry.
const MAX_DEPTH = 32;

/** A list of OTLP's `KeyValue` as attributes. Whatever is not one is left out. */
export function attributesOf(list: unknown, depth: number = 0): Attributes {
  // No prototype: a key may be called `__proto__`.
  const attributes = Object.create(null) as Record<string, unknown>;
  if (!Array.isArray(list) || depth > MAX_DEPTH) return attributes;
  for (const entry of list as unknown[]) {
    const { key, value } = objectOf(entry);
    if (typeof key === 'string') attributes[key] = anyValue(value, depth);
  }
  return attributes;
}

/** OTLP's `AnyValue`: 64-bit integers come as text. */
function anyValue(json: unknown, depth: number): unknown {
  const value = objectOf(json);
  if (typeof value['stringValue'] === 'string') return value['stringValue'];
  if (typeof value['boolValue'] === 'boolean') return value['boolValue'];
  if (value['intValue'] !== undefined) return Number(value['intValue']);
  if (value['doubleValue'] !== undefined) return Number(value['doubleValue']);
  if (typeof value['bytesValue'] === 'string') return value['bytesValue'];
  if (value['kvlistValue'] !== undefined) {
    return attributesOf(objectOf(value['kvlistValue'])['values'], depth + 1);
  }
  const { values } = objectOf(value['arrayValue']);
  if (!Array.isArray(values) || depth > MAX_DEPTH) return undefined;
  return values.map((one: unknown) => anyValue(one, depth + 1));
}

export function objectOf(json: unknown): Json {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Json) : {};
}

export function listOf(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [];
}

export function textOf(json: unknown): string {
  return typeof json === 'string' ? json : '';
}
