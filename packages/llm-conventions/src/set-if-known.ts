import { FailureLog } from '@llm-otel/core';

/** A span, or what collects attributes for one. */
export interface AttributeTarget {
  setAttribute(name: string, value: unknown): unknown;
}

const failures = new FailureLog();

/** Sets an attribute that may have no value. What is unknown is absent from the span. Never throws. */
export function setIfKnown(span: AttributeTarget, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  try {
    span.setAttribute(name, value);
  } catch (error) {
    failures.report('setting an attribute', error);
  }
}
