import { fieldsOf, readVarint } from './protobuf-fields.ts';

/** What a receiver that answered 2xx says it did not keep. */
export interface PartialSuccess {
  readonly rejected: number;
  readonly message: string;
  /** False for what is no answer of OTLP. */
  readonly isReadable: boolean;
}

const NONE: PartialSuccess = { rejected: 0, message: '', isReadable: true };
// Above it are the negative ones of 64 bits.
const LARGEST = 2 ** 63;

/**
 * Reads `partial_success` from an OTLP response, protobuf or JSON. An answer that cannot be read counts
 * as a full success: the status code has said so already.
 */
export function readPartialSuccess(
  body: Uint8Array,
  contentType: string | undefined,
): PartialSuccess {
  if (body.length === 0) return NONE;
  try {
    return /\bjson\b/i.test(contentType ?? '') ? fromJson(body) : fromProtobuf(body);
  } catch {
    return { ...NONE, isReadable: false };
  }
}

function fromProtobuf(body: Uint8Array): PartialSuccess {
  let rejected = 0;
  let message = '';
  for (const field of fieldsOf(body)) {
    if (field.number !== 1 || field.wireType !== 2) continue;
    for (const part of fieldsOf(body, field.from, field.to)) {
      if (part.number === 1 && part.wireType === 0)
        rejected = positive(readVarint(body, part.from, part.to).value);
      if (part.number === 2 && part.wireType === 2)
        message = new TextDecoder().decode(body.subarray(part.from, part.to));
    }
  }
  return { rejected, message, isReadable: true };
}

const positive = (value: number): number => (value < LARGEST ? value : 0);

// The three signals, each with its own word for the same number. 64-bit numbers may be strings.
const REJECTED = ['rejectedSpans', 'rejectedDataPoints', 'rejectedLogRecords'];

function fromJson(body: Uint8Array): PartialSuccess {
  const answer: unknown = JSON.parse(new TextDecoder().decode(body));
  const partial = memberOf(answer, 'partialSuccess');
  const rejected = REJECTED.map((name) => Number(memberOf(partial, name) ?? 0)).find(
    (count) => count > 0,
  );
  const message = memberOf(partial, 'errorMessage');
  return {
    rejected: Math.trunc(rejected ?? 0),
    message: typeof message === 'string' ? message : '',
    isReadable: typeof answer === 'object',
  };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
