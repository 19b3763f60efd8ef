import type { Span } from '@opentelemetry/api';
import { endSpan, FailureLog } from '@llm-otel/core';
import {
  ATTR_LLM_OTEL_LEFT_OPEN,
  type Ending,
  LLM_OTEL_LEFT_OPEN_VALUE_DROPPED,
  type LlmOtelLeftOpenValue,
} from '@llm-otel/llm-conventions';
import { whenDropped } from './when-dropped.ts';

const failures = new FailureLog();

/** What was started without a callback, by code that is to end it. */
export interface OpenHandle extends Ending {
  readonly span: Span;
}

/** Ends what its owner did not end, and says so on the span: how long it took and how it went is not known. */
export function endLeftOpen(
  operation: Ending & Partial<OpenHandle>,
  why: LlmOtelLeftOpenValue,
): void {
  const { span } = operation;
  failures.guard('ending what was left open', () => {
    if (span?.isRecording() === true) span.setAttribute(ATTR_LLM_OTEL_LEFT_OPEN, why);
    operation.end();
  });
}

/** Of a stream or an iteration that nobody reads any more. */
export function endDropped(operation: Ending): void {
  endLeftOpen(operation, LLM_OTEL_LEFT_OPEN_VALUE_DROPPED);
}

/** The span ends at the latest when nobody has the handle any more: from then on nothing could end it. */
export function endWhenDropped<H extends OpenHandle>(name: string, handle: H): H {
  const { span } = handle;
  if (failures.guard('looking at a span', () => span.isRecording()) === true)
    whenDropped(handle, () => endSpanDropped(name, span));
  return handle;
}

function endSpanDropped(name: string, span: Span): void {
  // Most have ended.
  if (!span.isRecording()) return;
  failures.report(
    'ending what was started',
    new Error(`${name} was dropped while it was open: keep what start… returned, and call end()`),
  );
  span.setAttribute(ATTR_LLM_OTEL_LEFT_OPEN, LLM_OTEL_LEFT_OPEN_VALUE_DROPPED);
  endSpan(span);
}
