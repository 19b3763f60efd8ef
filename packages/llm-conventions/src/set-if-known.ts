import type { Span } from '@opentelemetry/api';

/** Sets an attribute that may have no value. What is unknown is absent from the span. */
export function setIfKnown(span: Span, name: string, value: unknown): void {
  if (value !== undefined && value !== null) span.setAttribute(name, value);
}
