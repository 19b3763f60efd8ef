import type { ReadableSpan } from '@llm-otel/core';
import { TraceEncoder } from './trace-encoder.ts';

let encoder: TraceEncoder | undefined;

/**
 * The OTLP ExportTraceServiceRequest for `spans`, as protobuf: the body of a POST to `/v1/traces`.
 * Throws what reading a span throws.
 */
export function encodeTraceRequest(spans: readonly ReadableSpan[]): Uint8Array {
  encoder ??= new TraceEncoder();
  return encoder.encodeCopy(spans, (_span, error) => {
    throw error;
  });
}
