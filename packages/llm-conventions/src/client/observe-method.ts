import { markObserved, type ResourceMethod } from './observed-function.ts';

/** Runs one call of a method: `run` is the client's own call, with its arguments. Never throws but what `run` throws. */
export type CallObserver = (
  run: () => unknown,
  resource: unknown,
  args: readonly unknown[],
) => unknown;

/** `method`, with each call of it given to `observe`. */
export function observeMethod(method: ResourceMethod, observe: CallObserver): ResourceMethod {
  const observed = function (this: unknown, ...args: unknown[]): unknown {
    return observe(() => Reflect.apply(method, this, args), this, args);
  };
  markObserved(observed, method);
  return observed;
}
