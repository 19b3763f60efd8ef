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
 */
export function runInside<O extends Ending, T>(operation: O, work: (operation: O) => T): T {
  let result: T;
  try {
    result = context.with(operation.context, work, undefined, operation);
  } catch (error) {
    failWith(operation, error);
    throw error;
  }
  // Only real promises: a lazy thenable of an API client would send its request a second time.
  if (!isPromise(result)) {
    endWith(operation, result);
    return result;
  }
  const chained = result.then(
    (value: unknown) => {
      endWith(operation, value);
      return value;
    },
    (error: unknown) => {
      failWith(operation, error);
      throw error;
    },
  );
  if (chained.constructor === result.constructor) return chained as T;
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

function endWith(operation: Ending, result: unknown): void {
  try {
    operation.end(result);
  } catch (error) {
    failures.report('ending an operation', error);
  }
}

function failWith(operation: Ending, cause: unknown): void {
  try {
    operation.fail(cause);
  } catch (error) {
    failures.report('ending an operation', error);
  }
}
