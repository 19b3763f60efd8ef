import { standIn } from '@llm-otel/core';
import type { StreamObserver } from './observe-stream.ts';

type AnyIterator = AsyncIterator<unknown, unknown, unknown>;
type AnyIterable = AsyncIterable<unknown> & Partial<AnyIterator>;

/**
 * Stands for an async iterable: the same members, the same chunks, with its iteration observed. A proxy, so
 * that a client's own stream class keeps its methods and its `instanceof`, and the original stays as it is.
 */
export function observeIterable(source: AnyIterable, observer: StreamObserver): AnyIterable {
  // A generator is its own iterator: its next, return and throw are observed on the object itself.
  let own: ObservedIterator | undefined;
  const proxy: AnyIterable = standIn(source, (target, key) => {
    if (key === Symbol.asyncIterator) {
      if (own !== undefined) return () => proxy;
      return () => new ObservedIterator(target[Symbol.asyncIterator](), observer, proxy);
    }
    if (own !== undefined && (key === 'next' || key === 'return' || key === 'throw'))
      return own[key].bind(own);
    const value: unknown = Reflect.get(target, key, target);
    // Methods may use private fields, which only the original has.
    return typeof value === 'function' && key !== 'constructor' ? value.bind(target) : value;
  });
  if (typeof source.next === 'function')
    own = new ObservedIterator(source as unknown as AnyIterator, observer, proxy);
  return proxy;
}

class ObservedIterator implements AnyIterator {
  readonly #source: AnyIterator;
  readonly #observer: StreamObserver;
  // As long as someone iterates, the stream is not dropped.
  readonly stream: object;

  constructor(source: AnyIterator, observer: StreamObserver, stream: object) {
    this.#source = source;
    this.#observer = observer;
    this.stream = stream;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(...values: [] | [unknown]): Promise<IteratorResult<unknown, unknown>> {
    return this.#watch(() => this.#source.next(...values));
  }

  return(value?: unknown): Promise<IteratorResult<unknown, unknown>> {
    // The reader has left, however long the source takes to close.
    this.#observer.call.cancelled();
    const leave = this.#source.return?.bind(this.#source);
    return this.#watch(() => leave?.(value) ?? Promise.resolve({ done: true, value }));
  }

  throw(error?: unknown): Promise<IteratorResult<unknown, unknown>> {
    const pass = this.#source.throw?.bind(this.#source);
    return this.#watch(() => pass?.(error) ?? Promise.reject(error));
  }

  /** Passes on what the source answers, unchanged, after telling the call about it. */
  #watch(
    ask: () => PromiseLike<IteratorResult<unknown, unknown>>,
  ): Promise<IteratorResult<unknown, unknown>> {
    const observer = this.#observer;
    observer.reading++;
    const answer = (result: IteratorResult<unknown, unknown>): IteratorResult<unknown, unknown> => {
      observer.reading--;
      if (result.done === true) observer.exhausted();
      else if (!observer.sawEvents) observer.chunk(result.value);
      return result;
    };
    const failed = (error: unknown): never => {
      observer.reading--;
      observer.call.fail(error);
      throw error;
    };
    try {
      return Promise.resolve(ask()).then(answer, failed);
    } catch (error) {
      return Promise.reject(error as Error).catch(failed);
    }
  }
}
