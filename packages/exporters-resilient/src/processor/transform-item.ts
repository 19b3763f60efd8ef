import type { FailureLog, Ledger } from '@llm-otel/core';

/** A `SpanTransform` or a `LogRecordTransform`. */
export interface Transform<T> {
  readonly name: string;
  transform(item: T): T;
}

/** The item after all transforms. Undefined when one of them failed: it is dropped and counted. */
export function transformItem<T>(
  item: T,
  transforms: readonly Transform<T>[],
  ledger: Ledger,
  failures: FailureLog,
): T | undefined {
  let current = item;
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
