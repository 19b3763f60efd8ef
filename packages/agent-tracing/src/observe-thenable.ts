import { context } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { type Ending, LLM_OTEL_LEFT_OPEN_VALUE_RUN_ENDED } from '@llm-otel/llm-conventions';
import { endDropped, endLeftOpen } from './left-open.ts';
import { whenDropped } from './when-dropped.ts';
import type { UntouchedResult, UntouchedResults } from './untouched-results.ts';

type Callback = (value: unknown) => unknown;
type Then = (onFulfilled?: unknown, onRejected?: unknown) => unknown;

const failures = new FailureLog();

/**
 * What is awaited and is no promise: a query of a database library, which is sent when someone waits for it, in the context of the operation.
 * Its `then` is replaced in place and never called here: that would send the query. Undefined where it is no such thing or cannot be observed.
 */
export function observeThenable(
  result: unknown,
  operation: Ending,
  untouched?: UntouchedResults,
): object | undefined {
  if (typeof result !== 'object' || result === null || result instanceof Promise) return undefined;
  const then: unknown = Reflect.get(result, 'then');
  if (typeof then !== 'function') return undefined;
  const lazy = new LazyWork(operation);
  const value = function (this: unknown, ...callbacks: unknown[]): unknown {
    return lazy.wait(this, then as Then, callbacks);
  };
  // Not listed, as a method of a class is not.
  // oxlint-disable-next-line unicorn/no-thenable -- it has one already
  if (!Reflect.defineProperty(result, 'then', { value, configurable: true, writable: true }))
    return undefined;
  whenDropped(result, () => {
    // Its callbacks know how it went, and may outlive it.
    if (!lazy.isTouched()) lazy.dropped();
  });
  untouched?.add(lazy);
  return result;
}

class LazyWork implements UntouchedResult {
  readonly #operation: Ending;
  #awaited = false;
  ended = false;

  constructor(operation: Ending) {
    this.#operation = operation;
  }

  isTouched(): boolean {
    return this.#awaited;
  }

  runEnded(): void {
    this.#finish((operation) => endLeftOpen(operation, LLM_OTEL_LEFT_OPEN_VALUE_RUN_ENDED));
  }

  dropped(): void {
    this.#finish(endDropped);
  }

  wait(source: unknown, then: Then, [onFulfilled, onRejected]: unknown[]): unknown {
    if (this.ended) return Reflect.apply(then, source, [onFulfilled, onRejected]);
    this.#awaited = true;
    const outside = context.active();
    const callbacks = [
      (value: unknown) => {
        this.#finish((operation) => operation.end(value));
        return isCallback(onFulfilled)
          ? context.with(outside, onFulfilled, undefined, value)
          : value;
      },
      (error: unknown) => {
        this.#finish((operation) => operation.fail(error));
        if (!isCallback(onRejected)) throw error;
        return context.with(outside, onRejected, undefined, error);
      },
    ];
    return context.with(this.#operation.context, () => Reflect.apply(then, source, callbacks));
  }

  #finish(how: (operation: Ending) => void): void {
    if (this.ended) return;
    this.ended = true;
    failures.guard('ending what was awaited', () => how(this.#operation));
  }
}

function isCallback(value: unknown): value is Callback {
  return typeof value === 'function';
}
