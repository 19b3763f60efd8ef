import { type Context, context } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';

const failures = new FailureLog();

/** Something that ends once, well or with an error. */
export interface Ending {
  readonly context: Context;
  /** `result` is what the work answered. */
  end(result?: unknown): void;
  fail(error: unknown): void;
}

/**
 * Runs `work` with `operation` in the context of it, and ends `operation` when `work` returns, throws or settles.
 * What `work` returns or throws reaches the caller as it is; of a promise, a promise of the same outcome;
 * a client's own promise class is kept. An `end` or `fail` that throws is logged once and kept from the caller.
 *
 * `goOn` takes over a result that is still at work, such as a generator: it ends the operation itself and returns what the caller
 * gets instead, or undefined for a result that is complete. A client's own promise cannot bring another result, and is complete.
 */
export function runInside<O extends Ending, T>(
  operation: O,
  work: (operation: O) => T,
  goOn?: (result: unknown) => unknown,
): T {
  let result: T;
  try {
    result = context.with(operation.context, work, undefined, operation);
  } catch (error) {
    failWith(operation, error);
    throw error;
  }
  // Only real promises: a lazy thenable of an API client would send its request a second time.
  if (!isPromise(result)) return settle(operation, result, goOn) as T;
  let isPlain = false;
  const chained = result.then(
    (value: unknown) => settle(operation, value, isPlain ? goOn : undefined),
    (error: unknown) => {
      failWith(operation, error);
      throw error;
    },
  );
  isPlain = chained.constructor === result.constructor;
  if (isPlain) return chained as T;
  // A client's own promise, whose `then` gives a plain one: the caller gets the one with the methods, and the
  // rejection there. Here it must not count as unhandled a second time.
  chained.catch(() => undefined);
  return result;
}

function isPromise(value: unknown): value is Promise<unknown> {
  try {
    return value instanceof Promise;
  } catch {
    // A proxy may refuse to tell its prototype.
    return false;
  }
}

/** Ends the operation, or lets it go on. Returns what the caller gets. */
function settle(
  operation: Ending,
  result: unknown,
  goOn: ((result: unknown) => unknown) | undefined,
): unknown {
  if (goOn !== undefined) {
    const ongoing = failures.guard('looking at a result', () => goOn(result));
    if (ongoing !== undefined) return ongoing;
  }
  try {
    operation.end(result);
  } catch (error) {
    failures.report('ending an operation', error);
  }
  return result;
}

function failWith(operation: Ending, cause: unknown): void {
  try {
    operation.fail(cause);
  } catch (error) {
    failures.report('ending an operation', error);
  }
}
