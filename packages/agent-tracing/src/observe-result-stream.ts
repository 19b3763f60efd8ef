import { context } from '@opentelemetry/api';
import { FailureLog, systemClock } from '@llm-otel/core';
import {
  type Ending,
  isNodeStream,
  type ObservedCall,
  observeStream,
  type ReadableStreamLike,
} from '@llm-otel/llm-conventions';
import { endDropped } from './left-open.ts';

const failures = new FailureLog();

/**
 * Ends the operation when a stream that the work answered with is over: read, cancelled, destroyed, failed or dropped. What
 * the source does when it is read runs in the context of the operation. A stream of Node.js is observed in place and stays itself.
 * A `ReadableStream` is locked, and another one stands for it. Undefined for what is no stream, and for subclasses of
 * `ReadableStream`: their own members would be lost.
 */
export function observeResultStream(result: unknown, operation: Ending): object | undefined {
  if (typeof result !== 'object' || result === null) return undefined;
  const options = { failures, clock: systemClock };
  if (isPlainReadable(result)) {
    const source = readInContext(result, operation);
    return observeStream(source, new StreamOfWork(operation), undefined, options);
  }
  if (!isReadable(result)) return undefined;
  const open = inPlace.get(result);
  if (open?.ended === false) {
    open.alsoOf(operation);
    return result;
  }
  const stream = new StreamOfWork(operation);
  const observed = observeStream(result, stream, undefined, options);
  if (stream.ended) return observed;
  inPlace.set(result, stream);
  stream.told = queueMicrotask;
  pullInContext(result, operation);
  return observed;
}

/** A step and the run around it may answer with the same one: the innermost ends first. */
const inPlace = new WeakMap<object, StreamOfWork>();

interface NodeStream {
  on(event: string, listener: (...values: unknown[]) => void): unknown;
  emit(event: string, ...values: unknown[]): unknown;
}

function isPlainReadable(value: object): value is ReadableStream {
  return (
    typeof ReadableStream !== 'undefined' &&
    Object.getPrototypeOf(value) === ReadableStream.prototype &&
    !(value as ReadableStream).locked
  );
}

/** What can only be written to goes on for reasons of its own. */
function isReadable(value: object): value is NodeStream {
  return isNodeStream(value) && 'readable' in value && value.readable !== undefined;
}

/** The operations that last as long as a stream does. */
class StreamOfWork implements ObservedCall {
  readonly #operations: Ending[];
  readonly #callbacks: (() => void)[] = [];
  ended = false;
  /**
   * When its operations hear of the end. An event of an emitter reaches those first who observe it last, and a model call that
   * observes the same stream is to end before them.
   */
  told: (callback: () => void) => void = (callback) => callback();

  constructor(operation: Ending) {
    this.#operations = [operation];
  }

  alsoOf(operation: Ending): void {
    this.#operations.push(operation);
  }

  chunkArrived(): void {}

  end(): void {
    this.#finish((operation) => operation.end());
  }

  cancelled(): void {
    this.end();
  }

  dropped(): void {
    this.#finish(endDropped);
  }

  fail(error: unknown): void {
    this.#finish((operation) => operation.fail(error));
  }

  whenEnded(callback: () => void): void {
    this.#callbacks.push(callback);
  }

  #finish(how: (operation: Ending) => void): void {
    if (this.ended) return;
    this.ended = true;
    this.told(() => {
      for (const operation of this.#operations)
        failures.guard('ending the operation of a stream', () => how(operation));
    });
    for (const callback of this.#callbacks) callback();
  }
}

/** Its readers are ours alone, so their methods may be replaced. */
function readInContext(
  source: ReadableStream,
  { context: inside }: Ending,
): ReadableStreamLike<unknown> {
  return {
    getReader(...options: []) {
      const reader = source.getReader(...options);
      reader.read = context.bind(inside, reader.read.bind(reader));
      reader.cancel = context.bind(inside, reader.cancel.bind(reader));
      return reader;
    },
  };
}

function pullInContext(source: NodeStream & object, operation: Ending): void {
  const pull: unknown = Reflect.get(source, '_read');
  if (typeof pull !== 'function') return;
  const { context: inside } = operation;
  Reflect.set(source, '_read', function (this: unknown, size: number) {
    context.with(inside, () => Reflect.apply(pull, this, [size]));
  });
}
