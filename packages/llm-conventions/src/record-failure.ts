import { type Span, SpanStatusCode } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import type { ErrorFacts } from './error-facts.ts';
import { type ExceptionTarget, recordException } from './exception-event.ts';
import { isError } from './read-member.ts';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_LLM_OTEL_RETRY_AFTER_SECONDS,
} from './generated/attributes.ts';

/** Errors that already are an exception event on the span they came from. */
const recorded = new WeakSet();

/**
 * Marks a span as failed: status, `error.type`, HTTP status, retry-after. The exception goes on the first
 * span an error passes, or to the log (see {@link ExceptionTarget}); the spans around it carry status and type only, not the stack trace again. Never throws.
 */
export function recordFailure(
  span: Span,
  error: unknown,
  facts: ErrorFacts,
  exceptions?: ExceptionTarget,
): void {
  // An error object may do anything when it is read.
  failures.guard('recording an error', () => mark(span, error, facts, exceptions));
}

const failures = new FailureLog();

function mark(
  span: Span,
  error: unknown,
  facts: ErrorFacts,
  exceptions: ExceptionTarget | undefined,
): void {
  span.setAttribute(ATTR_ERROR_TYPE, facts.type);
  if (facts.statusCode !== undefined)
    span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, facts.statusCode);
  if (facts.retryAfterSeconds !== undefined)
    span.setAttribute(ATTR_LLM_OTEL_RETRY_AFTER_SECONDS, facts.retryAfterSeconds);
  span.setStatus(
    facts.message === undefined
      ? { code: SpanStatusCode.ERROR }
      : { code: SpanStatusCode.ERROR, message: facts.message },
  );
  if (!isError(error) || recorded.has(error)) return;
  recorded.add(error);
  recordException(span, error, exceptions);
}
