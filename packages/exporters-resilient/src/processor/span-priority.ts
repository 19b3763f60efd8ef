import type { ReadableSpan } from '@llm-otel/core';
import type { SpanStatusCode } from '@opentelemetry/api';

/** 0 is what must not be missed, 1 the usual, 2 what can be missed. */
export type SpanPriority = 0 | 1 | 2;

const ERROR: SpanStatusCode = 2;

/** Errors and the first span of a trace in this process come before all others. */
export function defaultPriority(span: ReadableSpan): SpanPriority {
  const parent = span.parentSpanContext;
  return span.status.code === ERROR || parent === undefined || parent.isRemote === true ? 0 : 1;
}
