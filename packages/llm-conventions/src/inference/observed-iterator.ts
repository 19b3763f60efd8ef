import { observedDisposal } from './observed-disposal.ts';
import type { StreamObserver } from './observe-stream.ts';

export type AnyIterator = AsyncIterator<unknown, unknown, unknown>;

/** Stands for an iterator: the same answers, each told to the call. */
export class ObservedIterator implements AnyIterator {
  readonly #source: AnyIterator;
  readonly #observer: StreamObserver;
  // As long as someone iterates, the stream is not dropped.
  readonly stream: object;

  constructor(source: AnyIterator, observer: StreamObserver, stream: object) {
    this.#source = source;
    this.#observer = observer;
    this.stream = stream;
    // Not of every runtime's iterators, and those of no class.
    for (const [key, dispose] of observedDisposal(source, observer))
      Object.defineProperty(this, key, { value: dispose });
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
