import { isError, readMember } from '../read-member.ts';
import type { ClientGenerator } from './observe-generator.ts';
import { overrideMember } from './override-member.ts';

type Result = IteratorResult<unknown>;
type Web = ReadableStream<unknown>;
type Reader = ReadableStreamDefaultReader<unknown>;
type PipeOptions = Parameters<Web['pipeTo']>[1];
type IteratorOptions = Parameters<Web['values']>[0];

/** A web stream of JavaScript's, whatever class a client has made of it. */
export function isWebStream(value: unknown): value is Web {
  if (typeof value !== 'object' || value === null) return false;
  const { getReader, pipeTo, tee } = value as Partial<Web>;
  return [getReader, pipeTo, tee].every((member) => typeof member === 'function');
}

/**
 * Observes a web stream in place: the application keeps the client's own object, and each read, whichever way it is made, is a step of what
 * `watch` makes of the stream as it was. Nothing is read or locked before the application does. The members take the stream from `this`:
 * a client may hand out a proxy of it, which native methods refuse.
 */
export function observeWebStream(
  stream: Web,
  watch: (bare: ClientGenerator) => ClientGenerator,
): void {
  const own = Object.getPrototypeOf(stream) as Web;
  const steps = new Steps(watch);
  const members: Partial<Record<keyof Web | symbol, (this: Web, ...args: never[]) => unknown>> = {
    getReader(...args: []) {
      return steps.observeReader((own.getReader as () => Reader).apply(this, args));
    },
    cancel(reason?: unknown) {
      const cancel = (): Promise<void> => own.cancel.call(this, reason);
      return this.locked ? cancel() : steps.leave(cancel, reason);
    },
    // These three read by means that nobody else has.
    tee() {
      return this.locked ? own.tee.call(this) : relayOf(this.getReader()).tee();
    },
    pipeTo(to: WritableStream<unknown>, options?: PipeOptions) {
      if (this.locked || !isFree(to)) return own.pipeTo.call(this, to, options);
      const reader = this.getReader();
      const release = (): void => reader.releaseLock();
      return relayOf(reader, release).pipeTo(to, options).finally(release);
    },
    pipeThrough(to: ReadableWritablePair<unknown, unknown>, options?: PipeOptions) {
      if (this.locked || !isFree(readMember(to, 'writable')))
        return own.pipeThrough.call(this, to, options);
      // Whoever reads the other end is told of an error.
      this.pipeTo(to.writable, options).catch(() => undefined);
      return to.readable;
    },
  };
  const iterate = own[Symbol.asyncIterator] as typeof own.values | undefined;
  if (iterate !== undefined)
    members.values = members[Symbol.asyncIterator] = function (options?: IteratorOptions) {
      return steps.observeIterator(Reflect.apply(iterate, this, [options]), options);
    };
  for (const key of Reflect.ownKeys(members))
    overrideMember(stream, key, members[key as keyof typeof members]);
}

/** Each step of a stream, given to the one who watches. */
class Steps {
  readonly #watched: ClientGenerator;
  #step: () => Promise<Result> = () => Promise.resolve(ENDED);
  #isInside = false;

  constructor(watch: (bare: ClientGenerator) => ClientGenerator) {
    const step = (): Promise<Result> => this.#step();
    this.#watched = watch({
      next: step,
      return: step,
      throw: step,
      [Symbol.asyncIterator]() {
        return this;
      },
    });
  }

  next(step: () => Promise<Result>): Promise<Result> {
    return this.#take(step, () => this.#watched.next());
  }

  /** The reader has left; with an error, as the end of a pipe does, where it has failed. */
  async leave(cancel: () => Promise<void>, reason: unknown): Promise<void> {
    if (!isError(reason)) {
      await this.return(() => cancel().then(() => ENDED));
      return;
    }
    const cancelled = cancel();
    const fail = (): Promise<Result> => this.#watched.throw(reason);
    await this.#take(() => Promise.reject(reason), fail).catch(() => undefined);
    await cancelled;
  }

  return(step: () => Promise<Result>, value?: unknown): Promise<Result> {
    return this.#take(step, () => this.#watched.return(value));
  }

  /** Where `watched` takes a step, which it does at once, it is this one. */
  #take(step: () => Promise<Result>, watched: () => Promise<Result>): Promise<Result> {
    // An iterator that is made of a reader, as where the runtime has none: the step is seen already.
    if (this.#isInside) return step();
    this.#step = () => {
      this.#isInside = true;
      try {
        return step();
      } finally {
        this.#isInside = false;
      }
    };
    return watched();
  }

  observeReader(reader: Reader): Reader {
    const read = reader.read.bind(reader) as (...args: unknown[]) => Promise<Result>;
    const cancel = reader.cancel.bind(reader);
    // A reader of bytes brings a buffer.
    overrideMember(reader, 'read', (...args: unknown[]) => this.next(() => read(...args)));
    overrideMember(reader, 'cancel', (reason?: unknown) =>
      this.leave(() => cancel(reason), reason),
    );
    return reader;
  }

  observeIterator<I extends AsyncIterator<unknown>>(iterator: I, options: IteratorOptions): I {
    const next = iterator.next.bind(iterator) as () => Promise<Result>;
    const leave = iterator.return?.bind(iterator);
    overrideMember(iterator, 'next', () => this.next(next));
    // One that is not cancelled may be read on.
    if (leave !== undefined && options?.preventCancel !== true)
      overrideMember(iterator, 'return', (value?: unknown) =>
        this.return(() => leave(value), value),
      );
    return iterator;
  }
}

const ENDED: Result = { done: true, value: undefined };

/** A stream that can be written to; what is none, native methods refuse. */
function isFree(to: unknown): boolean {
  return readMember(to, 'locked') === false;
}

/** A stream that reads what `reader` does as it is read itself. */
function relayOf(reader: Reader, whenDone?: () => void): Web {
  return new ReadableStream<unknown>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (!done) {
          controller.enqueue(value);
          return;
        }
        controller.close();
        whenDone?.();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
