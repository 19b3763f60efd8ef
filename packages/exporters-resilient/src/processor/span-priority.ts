import type { ReadableLogRecord, ReadableSpan } from '@llm-otel/core';
import type { SpanStatusCode } from '@opentelemetry/api';
import type { ItemPriority } from '../batch/telemetry-batch.ts';

const ERROR: SpanStatusCode = 2;

/** Errors and the first span of a trace in this process come before all others. */
export function defaultPriority(span: ReadableSpan): ItemPriority {
  const parent = span.parentSpanContext;
  return span.status.code === ERROR || parent === undefined || parent.isRemote === true ? 0 : 1;
}

// Severity numbers of the log data model: TRACE from 1, DEBUG from 5, INFO from 9, ERROR from 17.
const LOG_INFO = 9;
const LOG_ERROR = 17;

/** Log records of errors come before, those for debugging behind all others. One without severity is as any other. */
export function logPriority({ severityNumber = 0 }: ReadableLogRecord): ItemPriority {
  if (severityNumber >= LOG_ERROR) return 0;
  return severityNumber > 0 && severityNumber < LOG_INFO ? 2 : 1;
}
