import { Code, codeName } from './codes.ts';
import type { Outcome } from '../delivery/sender.ts';
import { readRetryInfo } from './retry-info.ts';

/** How a call ended. */
export interface GrpcFailure {
  readonly code: number;
  readonly details: string;
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
// In the words of the gRPC libraries: "received message larger than max (5242880 vs. 4194304)".
const TOO_LARGE = /larger than|too large|exceeds (?:the )?(?:maximum|max|limit)/i;

/** What the OTLP specification says to do about a failed call. */
export function grpcOutcome({ code, details, statusDetails }: GrpcFailure): Outcome {
  const reason = `grpc_${codeName(code)}`;
  const afterMillis = readRetryInfo(statusDetails);
  if (RETRYABLE.has(code)) return { kind: 'retry', reason, afterMillis };
  if (code === Code.RESOURCE_EXHAUSTED) {
    // Only one that says when to come back means "later".
    if (afterMillis !== undefined) return { kind: 'retry', reason, afterMillis };
    if (TOO_LARGE.test(details)) return { kind: 'too_large', reason };
  }
  return { kind: 'refused', reason, message: details };
}
