import type { Signal } from '@llm-otel/core';
import type { JsonField, JsonMessage } from '../json/json-fields.ts';
import { requestMessages } from '../json/otlp-messages.ts';
import { countRequestItems } from './count-request-items.ts';
import {
  DecodeError,
  type DecodeLimits,
  type DecodeResult,
  decoding,
  limitsOf,
} from './decode-result.ts';
import { jsonScalar } from './json-scalar.ts';
import type { OtlpRequest } from './otlp-types.ts';
import { parseJson } from './parse-json.ts';

/**
 * An OTLP request from its JSON encoding, in the one form the protobuf decoder gives: numbers of 64 bits as strings, enums
 * as numbers, ids in lower case. Never throws: what is no request has a reason, with the path to it. Fields that
 * OTLP does not have are left out and counted.
 */
export function decodeOtlpJson(
  signal: Signal,
  text: string,
  limits?: DecodeLimits,
): DecodeResult<OtlpRequest> {
  const resolved = limitsOf(limits);
  const { maxBytes, maxDepth } = resolved;
  if (text.length > maxBytes)
    return {
      ok: false,
      reason: `${text.length} characters are more than ${maxBytes}`,
      offset: maxBytes,
    };
  return decoding(() => {
    const decoder = new JsonDecoder(maxDepth);
    const json = parseJson(text, resolved);
    const value = decoder.message(requestMessages[signal], json, '', 0) as OtlpRequest;
    return {
      ok: true,
      value,
      items: countRequestItems(value),
      unknownFields: decoder.unknownFields,
    };
  });
}

class JsonDecoder {
  readonly #maxDepth: number;
  unknownFields = 0;

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth;
  }

  message(
    fields: JsonMessage,
    json: unknown,
    path: string,
    depth: number,
  ): Record<string, unknown> {
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      throw new DecodeError(`${path === '' ? 'the request' : path} is no object`, 0);
    if (depth > this.#maxDepth)
      throw new DecodeError(`messages are nested more than ${this.#maxDepth} deep`, 0);
    const byName = fieldsByName(fields);
    const result: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(json)) {
      const field = byName.get(name);
      if (field === undefined) this.unknownFields++;
      // In protobuf's JSON null is the same as absent.
      else if (value !== null) result[name] = this.#value(field, value, `${path}.${name}`, depth);
    }
    return result;
  }

  #value(field: JsonField, json: unknown, path: string, depth: number): unknown {
    if (!field.repeated) return this.#one(field, json, path, depth);
    if (!Array.isArray(json)) throw new DecodeError(`${path} is no array`, 0);
    return json.map((item, index) => this.#one(field, item, `${path}[${index}]`, depth));
  }

  #one(field: JsonField, json: unknown, path: string, depth: number): unknown {
    return field.kind === 'message'
      ? this.message(field.message(), json, path, depth + 1)
      : jsonScalar(field.kind, json, path);
  }
}

const known = new WeakMap<JsonMessage, ReadonlyMap<string, JsonField>>();

function fieldsByName(fields: JsonMessage): ReadonlyMap<string, JsonField> {
  let byName = known.get(fields);
  if (byName === undefined) {
    byName = new Map(
      fields.filter((field) => field !== undefined).map((field) => [field.name, field]),
    );
    known.set(fields, byName);
  }
  return byName;
}
