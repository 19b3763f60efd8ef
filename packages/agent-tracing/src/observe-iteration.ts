import { context } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import type { Ending } from '@llm-otel/llm-conventions';

type Iterator = {
  next(...values: unknown[]): unknown;
  return?(value?: unknown): unknown;
  throw?(error?: unknown): unknown;
};

const failures = new FailureLog();

/**
 * Whether the work goes on after it returned: a generator, or an async iterable. Streams of Node.js and of the web are
 * left as they are, because others know them by identity: see `endOn`.
 */
export function isIteration(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  try {
    if ('pipe' in value || 'getReader' in value) return false;
    if (Symbol.asyncIterator in value) return true;
    return Symbol.iterator in value && 'next' in value && typeof value.next === 'function';
  } catch {
    // A proxy may refuse to tell.
    return false;
  }
}

/**
 * Stands for a generator or async iterable whose body runs inside an operation: each turn has the operation's context, and
 * the operation ends when the iteration is complete, left early, fails, or is dropped unread.
 */
export function observeIteration<T extends object>(source: T, operation: Ending): T {
  // A generator is its own iterator.
  const own = 'next' in source ? watch(source as unknown as Iterator, operation) : undefined;
  const observed: T = new Proxy(source, {
    get(target, key) {
      if (key === Symbol.asyncIterator || key === Symbol.iterator) {
        const start: unknown = Reflect.get(target, key, target);
        if (typeof start !== 'function') return start;
        if (own !== undefined) return () => observed;
        return () => {
          const iterator = context.with(operation.context, () => start.call(target) as Iterator);
          return watchedIterator(iterator, operation, observed);
        };
      }
      if (own !== undefined && (key === 'next' || key === 'return' || key === 'throw'))
        return own[key];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  droppedIterations()?.register(observed, operation);
  return observed;
}

/** An iterator that was asked for; `source` stays alive as long as someone iterates. */
function watchedIterator(iterator: Iterator, operation: Ending, source: object): object {
  return {
    ...watch(iterator, operation),
    source,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function watch(iterator: Iterator, operation: Ending): Required<Iterator> {
  const end = (): void => failures.guard('ending an iteration', () => operation.end());
  const fail = (error: unknown): void =>
    failures.guard('ending an iteration', () => operation.fail(error));
  const see = (answer: unknown): unknown => {
    if ((answer as IteratorResult<unknown> | undefined)?.done === true) end();
    return answer;
  };
  const turn = (ask: () => unknown): unknown => {
    let answer: unknown;
    try {
      answer = context.with(operation.context, ask);
    } catch (error) {
      fail(error);
      throw error;
    }
    if (!(answer instanceof Promise)) return see(answer);
    return answer.then(see, (error: unknown) => {
      fail(error);
      throw error;
    });
  };
  return {
    next: (...values) => turn(() => iterator.next(...values)),
    return: (value) => {
      const leave = iterator.return?.bind(iterator);
      const answer = turn(() => (leave === undefined ? { done: true, value } : leave(value)));
      // The reader has left, whatever the source says to that.
      end();
      return leave === undefined && Symbol.asyncIterator in iterator
        ? Promise.resolve(answer)
        : answer;
    },
    throw: (error) => {
      const pass = iterator.throw?.bind(iterator);
      return turn(() => {
        if (pass === undefined) throw error;
        return pass(error);
      });
    },
  };
}

let registry: FinalizationRegistry<Ending> | undefined;

/** Not in every edge runtime. There, the span of an iteration that is dropped stays open. */
function droppedIterations(): FinalizationRegistry<Ending> | undefined {
  if (typeof FinalizationRegistry === 'undefined') return undefined;
  return (registry ??= new FinalizationRegistry((operation) => operation.end()));
}
