import { FailureLog, systemClock } from '@llm-otel/core';
import { type Ending, isNodeStream, observeStream } from '@llm-otel/llm-conventions';
import { StreamOfWork } from './stream-of-work.ts';
import type { UntouchedResult, UntouchedResults } from './untouched-results.ts';
import { whenDropped } from './when-dropped.ts';
import { whenStreamEnds } from './when-stream-ends.ts';

const options = { failures: new FailureLog(), clock: systemClock };
const within = ({ context }: Ending) => ({ ...options, context });

/**
 * Ends the operation when a stream that the work answered with is over: read, cancelled, destroyed, failed or dropped. What
 * the source does when it is read runs in the context of the operation, where that is possible: a stream of Node.js is observed in place and
 * stays itself; a `ReadableStream` is locked, and another one stands for it. Subclasses of `ReadableStream`, those that are locked and the
 * body of a `Response` are left as they are and only asked when they end. Undefined for what is no stream.
 */
export function observeResultStream(
  result: unknown,
  operation: Ending,
  untouched?: UntouchedResults,
): object | undefined {
  if (typeof result !== 'object' || result === null) return undefined;
  if (isPlainReadable(result)) {
    return observeStream(result, new StreamOfWork(operation), undefined, within(operation));
  }
  const body = bodyOf(result);
  const source = body ?? (isReadable(result) || isWebStream(result) ? result : undefined);
  if (source === undefined) return undefined;
  const open = inPlace.get(source);
  if (open?.ended === false) {
    open.alsoOf(operation);
    return result;
  }
  const stream = isReadable(source)
    ? observeNodeStream(source, operation)
    : observeUntouched(source, operation);
  if (stream === undefined) return undefined;
  if (body !== undefined && typeof WeakRef !== 'undefined')
    untouched?.add(new UnreadResponse(result, stream));
  return result;
}

/** Often only the status of a response is looked at. */
class UnreadResponse implements UntouchedResult {
  readonly #response: WeakRef<object>;
  readonly #stream: StreamOfWork;

  constructor(response: object, stream: StreamOfWork) {
    this.#response = new WeakRef(response);
    this.#stream = stream;
  }

  get ended(): boolean {
    return this.#stream.ended;
  }

  isTouched(): boolean {
    const response = this.#response.deref();
    // Where it is gone, so is its stream soon, and that ends then.
    if (response === undefined || Reflect.get(response, 'bodyUsed') === true) return true;
    const body: unknown = Reflect.get(response, 'body');
    return typeof body === 'object' && body !== null && Reflect.get(body, 'locked') === true;
  }

  runEnded(): void {
    this.#stream.runEnded();
  }
}

const inPlace = new WeakMap<object, StreamOfWork>();

interface NodeStream {
  on(event: string, listener: (...values: unknown[]) => void): unknown;
  emit(event: string, ...values: unknown[]): unknown;
}

function isPlainReadable(value: object): value is ReadableStream {
  return (
    isWebStream(value) && Object.getPrototypeOf(value) === ReadableStream.prototype && !value.locked
  );
}

function isWebStream(value: object): value is ReadableStream {
  return typeof ReadableStream !== 'undefined' && value instanceof ReadableStream;
}

/** What can only be written to goes on for reasons of its own. */
function isReadable(value: object): value is NodeStream {
  return isNodeStream(value) && 'readable' in value && value.readable !== undefined;
}

/** Of a `Response` of any kind: that of the runtime, or of a library with streams of Node.js. */
function bodyOf(value: object): ReadableStream | (NodeStream & object) | undefined {
  if (!('body' in value && 'bodyUsed' in value && 'clone' in value)) return undefined;
  const { body } = value;
  if (typeof body !== 'object' || body === null) return undefined;
  return isWebStream(body) || isReadable(body) ? body : undefined;
}

function observeNodeStream(source: NodeStream, operation: Ending): StreamOfWork {
  const stream = new StreamOfWork(operation);
  observeStream(source, stream, undefined, within(operation));
  if (stream.ended) return stream;
  inPlace.set(source, stream);
  stream.told = queueMicrotask;
  return stream;
}

function observeUntouched(source: object, operation: Ending): StreamOfWork | undefined {
  const stream = new StreamOfWork(operation);
  const observed = whenStreamEnds(source, (error) => {
    if (error === undefined || error === null) stream.end();
    else stream.fail(error);
  });
  if (!observed) return undefined;
  inPlace.set(source, stream);
  whenDropped(source, () => stream.dropped());
  return stream;
}
