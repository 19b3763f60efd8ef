import { isError, readList, readMember, readString } from './read-member.ts';

/** What Google's APIs say of an error. */
export interface GoogleError {
  /** `RESOURCE_EXHAUSTED` */
  readonly word?: string | undefined;
  /** HTTP status. */
  readonly code?: unknown;
  readonly retryAfterSeconds?: number | undefined;
}

const CLASSES = new Set(['ApiError', 'ClientError', 'ServerError']);
const MAX_CHARACTERS = 65_536;

/**
 * The body of an error of `@google/genai`, which stands in its message alone: `{"error":{"code":429,…}}`, with some words in front of it
 * in older releases and in the middle of a stream. Undefined for any other error.
 */
export function googleErrorOf(error: unknown): GoogleError | undefined {
  if (!isError(error) || !CLASSES.has(readString(error, 'name') ?? '')) return undefined;
  const message = readString(error, 'message') ?? '';
  const start = message.indexOf('{');
  if (start === -1 || message.length > MAX_CHARACTERS) return undefined;
  const body = readMember(parsed(message.slice(start)), 'error');
  const word = readString(body, 'status');
  return {
    // For an answer that is no JSON, the client puts the phrase of HTTP there.
    word: word !== undefined && /^[A-Z_]+$/.test(word) ? word : undefined,
    code: readMember(body, 'code'),
    retryAfterSeconds: retryDelayOf(body),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** `{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.5s"}` among the details. */
function retryDelayOf(body: unknown): number | undefined {
  const delay = readList(body, 'details')
    .map((detail) => readString(detail, 'retryDelay'))
    .find((text) => text !== undefined);
  const [, seconds] = /^(\d{1,9}(?:\.\d{1,9})?)s$/.exec(delay ?? '') ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}
