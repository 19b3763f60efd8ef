import { Code, codeName } from './codes.ts';
import type { Outcome } from '../delivery/sender.ts';
import { saysTooLarge } from '../otlp/too-large.ts';
import { readRetryInfo } from './retry-info.ts';

/** How a call ended. */
export interface GrpcFailure {
  readonly code: number;
  readonly details: string;
  /** Of the answer, where there was more of one than its end. */
  readonly contentType?: string | undefined;
  /** `grpc-status-details-bin` of the trailers. */
  readonly statusDetails: Uint8Array | undefined;
}

const RETRYABLE: ReadonlySet<number> = new Set([
  Code.CANCELLED,
  Code.DEADLINE_EXCEEDED,
  Code.ABORTED,
  Code.OUT_OF_RANGE,
  Code.UNAVAILABLE,
  Code.DATA_LOSS,
]);

// grpc-js makes a status of its own where none came: "Received RST_STREAM with code 0 (Call ended without gRPC status)".
const CUT = /^Received RST_STREAM with code|^Bandwidth exhausted or memory limit exceeded$/;
// Or one of the HTTP status, which a proxy has answered with.
const HTTP = /^Received HTTP status code (\d+)/;

/** What the OTLP specification says to do about a failed call. */
export function grpcOutcome({ code, details, contentType, statusDetails }: GrpcFailure): Outcome {
  const reason = `grpc_${codeName(code)}`;
  const http = Number(HTTP.exec(details)?.[1] ?? 0);
  if (http === 413) return { kind: 'too_large', reason: 'http_413' };
  if (http >= 300 && http < 400)
    return { kind: 'retry', reason: `http_${http}`, detail: 'redirects are not followed' };
  // What answers is no receiver: nobody has taken the request, nor refused it.
  if (http === 0 && contentType !== undefined && !/^application\/grpc\b/i.test(contentType))
    return { kind: 'retry', reason: 'not_otlp', detail: contentType || 'no content type' };
  // No answer at all is a connection that was cut, whatever code it is given.
  if (CUT.test(details)) return { kind: 'retry', reason };
  const afterMillis = readRetryInfo(statusDetails);
  if (RETRYABLE.has(code)) return { kind: 'retry', reason, afterMillis };
  if (code === Code.RESOURCE_EXHAUSTED) {
    // Only one that says when to come back means "later".
    if (afterMillis !== undefined) return { kind: 'retry', reason, afterMillis };
    if (saysTooLarge(details)) return { kind: 'too_large', reason, message: details };
  }
  return { kind: 'refused', reason, message: details };
}
