import type { Span } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';

const failures = new FailureLog();

/** Sets an attribute that may have no value. What is unknown is absent from the span. Never throws. */
export function setIfKnown(span: Span, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  try {
    span.setAttribute(name, value);
  } catch (error) {
    failures.report('setting an attribute', error);
  }
}
