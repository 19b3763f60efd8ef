import { errorCodeOf, errorWord } from '@llm-otel/core';
import { ERROR_TYPE_VALUE_OTHER } from './generated/values.ts';
import { type GoogleError, googleErrorOf } from './google-error.ts';
import { isError, readMember, readString } from './read-member.ts';

/** What telemetry records of an error. */
export interface ErrorFacts {
  /** A low-cardinality word: the provider's or client's code, else the class name, else the HTTP status, else `_OTHER`. */
  readonly type: string;
  readonly message?: string | undefined;
  /** HTTP status, where the error came with a response. 429 means the rate limit or the quota. */
  readonly statusCode?: number | undefined;
  /** How long the provider asked to wait, in seconds. */
  readonly retryAfterSeconds?: number | undefined;
}

/**
 * Reads the errors of model clients: `openai`, `@anthropic-ai/sdk`, `@google/genai`, the AWS SDK, fetch and axios shapes,
 * Node.js system errors. Never throws, whatever it is given.
 */
export function describeError(error: unknown, nowMillis: number = Date.now()): ErrorFacts {
  // The AWS SDK keeps both under names that no field of a service has.
  const response = readMember(error, 'response') ?? readMember(error, '$response');
  const google = googleErrorOf(error);
  const statusCode =
    readStatus(error, 'status') ??
    readStatus(error, 'statusCode') ??
    readStatus(response, 'status') ??
    readStatus(response, 'statusCode') ??
    readStatus(readMember(error, '$metadata'), 'httpStatusCode') ??
    readStatus(google, 'code');
  const type = typeOf(error, google);
  return {
    type: NO_WORDS.has(type) && statusCode !== undefined ? String(statusCode) : type,
    message: readString(error, 'message'),
    statusCode,
    retryAfterSeconds:
      retryAfter(readMember(error, 'headers'), nowMillis) ??
      retryAfter(readMember(error, 'responseHeaders'), nowMillis) ??
      retryAfter(readMember(response, 'headers'), nowMillis) ??
      google?.retryAfterSeconds,
  };
}

/** They say nothing: that it is an error is known already. */
const NO_WORDS = new Set<string>([ERROR_TYPE_VALUE_OTHER, 'Error']);

function typeOf(error: unknown, google: GoogleError | undefined): string {
  const body = readMember(error, 'error');
  // The AI SDK keeps the body of an error in `data`.
  const data = readMember(readMember(error, 'data'), 'error');
  const candidates = [
    errorCodeOf(error),
    google?.word,
    // Anthropic: { type: 'error', error: { type: 'rate_limit_error' } }
    readString(readMember(body, 'error'), 'type'),
    // Google, in its Interactions API: { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } }
    readString(readMember(body, 'error'), 'status'),
    readString(body, 'code'),
    readString(body, 'type'),
    readString(data, 'code'),
    readString(data, 'type'),
    // As a part of a stream tells it, without any class.
    isError(error) ? undefined : readString(error, 'type'),
    className(error),
  ];
  return candidates.find((word) => errorWord(word) !== undefined) ?? ERROR_TYPE_VALUE_OTHER;
}

/** The most telling of the error's own name and its class: clients often set only one of them. */
function className(error: unknown): string | undefined {
  if (!isError(error)) return undefined;
  const name = readString(error, 'name');
  if (name !== undefined && name !== 'Error') return name;
  const constructor = readMember(error, 'constructor');
  return typeof constructor === 'function' ? constructor.name : name;
}

function readStatus(value: unknown, key: string): number | undefined {
  const status = readMember(value, key);
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599
    ? status
    : undefined;
}

function retryAfter(headers: unknown, nowMillis: number): number | undefined {
  const millis = Number(readHeader(headers, 'retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(millis) && millis >= 0) return millis / 1000;
  const text = readHeader(headers, 'retry-after');
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds : undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.round((at - nowMillis) / 1000));
}

function readHeader(headers: unknown, name: string): string | undefined {
  const get = readMember(headers, 'get');
  let value: unknown;
  try {
    value = typeof get === 'function' ? get.call(headers, name) : readMember(headers, name);
  } catch {
    return undefined;
  }
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
