import { type Context, context } from '@opentelemetry/api';

/** Something that ends once, well or with an error. */
export interface Ending {
  readonly context: Context;
  end(): void;
  fail(error: unknown): void;
}

/**
 * Runs `work` with the context of `operation` and ends `operation` when `work` returns, throws or settles.
 * What `work` returns or throws reaches the caller as it is; of a promise, a promise of the same outcome.
 */
export function runInside<T>(operation: Ending, work: () => T): T {
  let result: T;
  try {
    result = context.with(operation.context, work);
  } catch (error) {
    operation.fail(error);
    throw error;
  }
  // Only real promises: a lazy thenable of an API client would send its request a second time.
  if (!(result instanceof Promise)) {
    operation.end();
    return result;
  }
  return result.then(
    (value: unknown) => {
      operation.end();
      return value;
    },
    (error: unknown) => {
      operation.fail(error);
      throw error;
    },
  ) as T;
}
