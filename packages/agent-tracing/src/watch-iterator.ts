import { context } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import type { Ending } from '@llm-otel/llm-conventions';

/** What is asked of an iterator of either kind. */
export interface AnyIterator {
  next(...values: unknown[]): unknown;
  return?(value?: unknown): unknown;
  throw?(error?: unknown): unknown;
  [Symbol.dispose]?(): unknown;
  [Symbol.asyncDispose]?(): unknown;
}

const failures = new FailureLog();

/**
 * The methods of `iterator`, each turn of it in the context of the operation. The operation ends with the iteration: when it is
 * complete, fails, or has been left and what it does then (`finally`) is done.
 */
export function watchIterator(iterator: AnyIterator, operation: Ending): Required<AnyIterator> {
  const end = (): void => failures.guard('ending an iteration', () => operation.end());
  const fail = (error: unknown): void =>
    failures.guard('ending an iteration', () => operation.fail(error));
  const turn = (ask: () => unknown, see: (answer: unknown) => void): unknown => {
    try {
      const answer = context.with(operation.context, ask);
      if (!(answer instanceof Promise)) {
        see(answer);
        return answer;
      }
      return answer.then(
        (value: unknown) => {
          see(value);
          return value;
        },
        (error: unknown) => {
          fail(error);
          throw error;
        },
      );
    } catch (error) {
      fail(error);
      throw error;
    }
  };
  const endWhenDone = (answer: unknown): void => {
    if ((answer as IteratorResult<unknown> | undefined)?.done === true) end();
  };
  return {
    next: (...values) => turn(() => iterator.next(...values), endWhenDone),
    // The reader has left, whatever the source says to that.
    return: (value) => turn(() => leave(iterator, value), end),
    throw: (error) =>
      turn(() => {
        if (iterator.throw === undefined) throw error;
        return iterator.throw(error);
      }, endWhenDone),
    [Symbol.dispose]: () => turn(() => iterator[Symbol.dispose]?.(), end),
    [Symbol.asyncDispose]: () => turn(() => iterator[Symbol.asyncDispose]?.(), end),
  };
}

/** An iterator need not have a `return`. */
function leave(iterator: AnyIterator, value: unknown): unknown {
  if (iterator.return !== undefined) return iterator.return(value);
  const left = { done: true, value };
  return Symbol.asyncIterator in iterator ? Promise.resolve(left) : left;
}
