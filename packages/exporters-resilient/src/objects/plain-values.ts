import type { InstrumentationScope, Resource } from '@llm-otel/core';
import type { Attributes, HrTime } from '@opentelemetry/api';
import type { OtlpAnyValue, OtlpKeyValue, OtlpResource, OtlpScope } from '../decode/otlp-types.ts';

const BILLION = 1_000_000_000n;

/** Attributes as the SDK has them. */
export function attributesOf(pairs: readonly OtlpKeyValue[] = []): Attributes {
  return mapOf(pairs);
}

/** A value as it was recorded. An empty one is null; an integer beyond 2^53 is the nearest number. */
export function valueOf(value: OtlpAnyValue = {}): unknown {
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  if (value.bytesValue !== undefined) return bytesOf(value.bytesValue);
  if (value.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(valueOf);
  if (value.kvlistValue !== undefined) return mapOf(value.kvlistValue.values);
  return null;
}

function mapOf(pairs: readonly OtlpKeyValue[] = []): Attributes {
  // `fromEntries` defines members: a key such as __proto__ is one like any other.
  return Object.fromEntries(pairs.map(({ key = '', value }) => [key, valueOf(value)]));
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Seconds and nanoseconds of a time in nanoseconds. */
export function hrTimeOf(nanos: unknown): HrTime {
  const time = BigInt((nanos as string | undefined) ?? 0);
  return [Number(time / BILLION), Number(time % BILLION)];
}

export function resourceOf(resource: OtlpResource = {}, schemaUrl?: string): Resource {
  return {
    attributes: attributesOf(resource.attributes),
    ...(schemaUrl !== undefined && { schemaUrl }),
  };
}

export function scopeOf(scope: OtlpScope = {}, schemaUrl?: string): InstrumentationScope {
  const { name = '', version, attributes } = scope;
  return {
    name,
    ...(version !== undefined && { version }),
    ...(attributes !== undefined && { attributes: attributesOf(attributes) }),
    ...(schemaUrl !== undefined && { schemaUrl }),
  };
}

/** Fields of a message as its `.proto` file names them, in lower camel case. */
export type Fields = Readonly<Record<string, unknown>>;

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const numberOf = (value: unknown): number => Number(value ?? 0);
export const listOf = (value: unknown): readonly Fields[] => (value ?? []) as readonly Fields[];
