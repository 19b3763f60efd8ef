import { FailureLog } from '@llm-otel/core';
import { type Ending, runInside } from '@llm-otel/llm-conventions';
import { isIteration, observeIteration } from './observe-iteration.ts';
import { observeThenable } from './observe-thenable.ts';
import { observeResultStream } from './observe-result-stream.ts';
import type { UntouchedResults } from './untouched-results.ts';

const failures = new FailureLog();

/**
 * Runs `work` inside the operation that `start` starts. Where it cannot be started, because of options it cannot read
 * for example, `work` runs with what `inert` gives: telemetry never keeps an agent from working. Where `work` answers with a
 * stream, a generator or an async iterable, or a promise of one, the operation lasts until that is over.
 */
export function runTraced<S, T>(
  start: () => Ending & S,
  inert: () => S,
  work: (operation: S) => T,
  untouched?: UntouchedResults,
): T {
  const operation = failures.guard('starting the span of an agent', start);
  if (operation === undefined) return work(inert());
  return runInside(operation, work, (result) => {
    const awaited = observeThenable(result, operation, untouched);
    return isIteration(result)
      ? observeIteration(result, operation)
      : (awaited ?? observeResultStream(result, operation, untouched));
  });
}
