import { FailureLog } from '@llm-otel/core';
import { type Ending, runInside } from '@llm-otel/llm-conventions';

const failures = new FailureLog();

/**
 * Runs `work` inside the operation that `start` starts. Where it cannot be started, because of options it cannot read
 * for example, `work` runs with what `inert` gives: telemetry never keeps an agent from working.
 */
export function runTraced<S, T>(
  start: () => Ending & S,
  inert: () => S,
  work: (operation: S) => T,
): T {
  const operation = failures.guard('starting the span of an agent', start);
  return operation === undefined ? work(inert()) : runInside(operation, work);
}
