import { isLeaving } from './observe-emitter.ts';
import { observedDisposal } from './observed-disposal.ts';
import type { StreamObserver } from './observe-stream.ts';

type Result = IteratorResult<unknown, unknown>;
export type AnyIterator = AsyncIterator<unknown, unknown, unknown>;

/** Stands for an iterator: the same answers, each told to the call. */
export class ObservedIterator implements AnyIterator {
  readonly #source: AnyIterator;
  readonly #observer: StreamObserver;
  // As long as someone iterates, the stream is not dropped.
  readonly stream: object;
  // Made once, and not for each chunk.
  readonly #answered: (result: Result) => Result;
  readonly #failed: (error: unknown) => never;

  constructor(source: AnyIterator, observer: StreamObserver, stream: object) {
    this.#source = source;
    this.#observer = observer;
    this.stream = stream;
    this.#answered = (result) => {
      observer.reading--;
      if (result.done === true) observer.exhausted();
      else if (!observer.sawEvents) observer.chunk(result.value);
      return result;
    };
    this.#failed = (error) => {
      observer.reading--;
      if (!observer.isLeft) observer.call.fail(error);
      throw error;
    };
    // Not of every runtime's iterators, and those of no class.
    for (const [key, dispose] of observedDisposal(source, observer))
      Object.defineProperty(this, key, { value: dispose });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(...values: [] | [unknown]): Promise<Result> {
    this.#observer.reading++;
    try {
      return this.#watch(this.#observer.ask(() => this.#source.next(...values)));
    } catch (error) {
      return this.#refused(error);
    }
  }

  return(value?: unknown): Promise<Result> {
    this.#observer.reading++;
    try {
      return this.#watch(
        this.#observer.leave(() =>
          Promise.resolve(this.#source.return?.(value) ?? { done: true, value }),
        ),
      );
    } catch (error) {
      return this.#refused(error);
    }
  }

  throw(error?: unknown): Promise<Result> {
    this.#observer.reading++;
    try {
      const fail = (): Promise<Result> =>
        Promise.resolve(this.#source.throw?.(error) ?? Promise.reject(error));
      return this.#watch(isLeaving(error) ? this.#observer.leave(fail) : this.#observer.ask(fail));
    } catch (failure) {
      return this.#refused(failure);
    }
  }

  /** Passes on what the source answers, unchanged, after telling the call about it. */
  #watch(answer: PromiseLike<Result>): Promise<Result> {
    return Promise.resolve(answer).then(this.#answered, this.#failed);
  }

  #refused(error: unknown): Promise<Result> {
    return Promise.reject(error as Error).catch(this.#failed);
  }
}
