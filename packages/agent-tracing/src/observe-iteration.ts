import { context } from '@opentelemetry/api';
import { standIn } from '@llm-otel/core';
import type { Ending } from '@llm-otel/llm-conventions';
import { endDropped } from './left-open.ts';
import { whenDropped } from './when-dropped.ts';
import { type AnyIterator, watchIterator } from './watch-iterator.ts';

/**
 * Whether the work goes on after it returned: a generator, or an async iterable. Streams of Node.js and of the web are
 * observed in another way: see `observeResultStream`.
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
  const observed =
    'next' in source ? observeIterator(source, operation) : observeIterable(source, operation);
  whenDropped(observed, () => endDropped(operation));
  return observed as T;
}

/** A generator, or another iterator: it is its own iterator. */
function observeIterator(source: object, operation: Ending): object {
  const watched = watchIterator(source as AnyIterator, operation);
  const observed: object = standIn(source, (target, key) => {
    if (key === Symbol.asyncIterator || key === Symbol.iterator)
      return typeof Reflect.get(target, key, target) === 'function' ? () => observed : undefined;
    const value: unknown = Reflect.get(target, key, target);
    if (typeof value !== 'function') return value;
    if (Object.hasOwn(watched, key)) return watched[key as keyof typeof watched];
    // `map`, `take` and the like ask whatever they are called on for its `next`.
    return isIteratorHelper(key, value) ? value.bind(observed) : value.bind(target);
  });
  return observed;
}

/** Asked for an iterator each time it is read. */
function observeIterable(source: object, operation: Ending): object {
  const observed: object = standIn(source, (target, key) => {
    const value: unknown = Reflect.get(target, key, target);
    if (typeof value !== 'function') return value;
    if (key !== Symbol.asyncIterator && key !== Symbol.iterator) return value.bind(target);
    return () => {
      const iterator = context.with(operation.context, () => value.call(target) as AnyIterator);
      return {
        ...watchIterator(iterator, operation),
        // Alive as long as someone iterates.
        source: observed,
        [key]() {
          return this;
        },
      };
    };
  });
  return observed;
}

function isIteratorHelper(key: PropertyKey, value: unknown): boolean {
  const { Iterator: builtIn } = globalThis as {
    readonly Iterator?: { readonly prototype: object };
  };
  return builtIn !== undefined && Reflect.get(builtIn.prototype, key) === value;
}
