import type { FailureLog, Ledger, ReadableSpan, SpanTransform } from '@llm-otel/core';

/** The span after all transforms. Undefined when one of them failed: the span is dropped and counted. */
export function transformSpan(
  span: ReadableSpan,
  transforms: readonly SpanTransform[],
  ledger: Ledger,
  failures: FailureLog,
): ReadableSpan | undefined {
  let current = span;
  for (const transform of transforms) {
    try {
      current = transform.transform(current);
    } catch (error) {
      failures.report(`transform ${transform.name}`, error);
      ledger.dropped(`${transform.name}_failed`, 1);
      return undefined;
    }
  }
  return current;
}
