import { type Span, SpanStatusCode } from '@opentelemetry/api';
import type { ErrorFacts } from './error-facts.ts';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_LLM_OTEL_RETRY_AFTER_SECONDS,
} from './generated/attributes.ts';

/** Errors that already are an exception event on the span they came from. */
const recorded = new WeakSet();

/**
 * Marks a span as failed: status, `error.type`, HTTP status, retry-after. The exception event goes on the first
 * span an error passes; the spans around it carry status and type only, not the stack trace again.
 */
export function recordFailure(span: Span, error: unknown, facts: ErrorFacts): void {
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
  if (!(error instanceof Error) || recorded.has(error)) return;
  recorded.add(error);
  span.recordException(error);
}
