import { FailureLog } from '@llm-otel/core';
import type { WrappedCalls } from '@llm-otel/llm-conventions/client';

const failures = new FailureLog();

/** What records the first chunk of the model call that is made in each. */
const recorders = new WeakMap<WrappedCalls, () => void>();

/** A model call has begun in `calls`: `record` is called when a reader gets the first chunk of its answer. */
export function onFirstChunk(calls: WrappedCalls, record: () => void): void {
  recorders.set(calls, record);
}

/**
 * `step` is what the first `next` of a model's stream gave. LangChain tells of a token only where the next one is asked
 * for: too late for a reader that takes its time, and never for one that leaves.
 */
export function watchFirstChunk(
  calls: WrappedCalls,
  step: PromiseLike<IteratorResult<unknown>>,
): void {
  failures.guard('timing a model of LangChain', () =>
    step.then(
      ({ done }) =>
        failures.guard('timing a model of LangChain', () => {
          if (done !== true) recorders.get(calls)?.();
        }),
      // Who reads is told of it.
      () => undefined,
    ),
  );
}
