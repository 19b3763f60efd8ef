import { context as contextApi, type Context } from '@opentelemetry/api';
import type { Clock, FailureLog } from '@llm-otel/core';
import type {
  EmitterLike,
  ReadableStreamLike,
  StreamOptions,
  StreamSource,
} from './inference-types.ts';
import { isClientStream } from '../client/client-stream.ts';
import { observeClientStream } from './observe-client-stream.ts';
import { emitMethodOf, isNodeStream, observeEmitter } from './observe-emitter.ts';
import { observeIterable } from './observe-iterable.ts';
import { pullInContext } from './pull-in-context.ts';
import { streamDeadline } from './stream-deadline.ts';
import { observeReadable } from './observe-readable.ts';

/** The call a stream belongs to. Its endings do nothing after the first one. */
export interface ObservedCall {
  readonly ended: boolean;
  /** Whether a call that was made inside of it, and may be the same one, is not over. */
  readonly isOpenInside: boolean;
  chunkArrived(): void;
  /** The stream is complete. */
  end(): void;
  /** The reader left early. */
  cancelled(): void;
  /** The stream was garbage before anyone had read it to its end. */
  dropped(): void;
  fail(error: unknown): void;
  /** Calls back once, when the call is over. */
  whenEnded(callback: () => void): void;
}

/** Sees what happens to a stream and tells its call. */
export class StreamObserver {
  readonly call: ObservedCall;
  readonly #context: Context | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #onChunk: ((chunk: unknown) => void) | undefined;
  readonly #failures: FailureLog;
  /** Reads that are not answered yet. */
  reading = 0;
  /** Chunks came as events: whoever iterates gets the same ones. */
  sawEvents = false;
  /** The reader has left. What the source tells on its way out is no other end. */
  isLeft = false;
  readonly #clock: Clock;

  constructor(
    call: ObservedCall,
    onChunk: ((chunk: unknown) => void) | undefined,
    failures: FailureLog,
    {
      signal,
      context,
      clock,
    }: { signal: AbortSignal | undefined; context: Context | undefined; clock: Clock },
  ) {
    this.call = call;
    this.#context = context;
    this.#signal = signal;
    this.#clock = clock;
    this.#onChunk = onChunk;
    this.#failures = failures;
  }

  chunk(chunk: unknown): void {
    if (this.call.ended) return;
    this.call.chunkArrived();
    const onChunk = this.#onChunk;
    if (onChunk !== undefined)
      this.#failures.callback('onChunk of a model call', () => onChunk(chunk));
  }

  /** Asks the source for something: what it does while it is read, it does in the context of its call. */
  ask<T>(method: () => T): T {
    return this.#context === undefined ? method() : contextApi.with(this.#context, method);
  }

  /**
   * Asks the source to close, for the reader has left. The source comes first: a call inside, which may be the same one, is over before
   * this one, as where the stream is read to its end. A generator passes it on some promises later; one that never
   * closes is waited for no longer than this turn of the loop.
   */
  leave<T>(method: () => T): T {
    this.isLeft = true;
    let answer: T | undefined;
    try {
      return (answer = this.ask(method));
    } finally {
      if (this.call.isOpenInside) this.#cancelWhen(answer);
      else this.call.cancelled();
    }
  }

  #cancelWhen(closed: unknown): void {
    const cancelled = (): void => {
      this.#clock.clearTimer(timer);
      this.call.cancelled();
    };
    const timer = this.#clock.setTimer(cancelled, 0);
    if (closed instanceof Promise) closed.then(cancelled, cancelled);
  }

  /** The source has no more chunks. Clients end an aborted stream as if it were complete. */
  exhausted(): void {
    if (this.isLeft) return;
    if (this.#signal?.aborted === true) this.call.fail(this.#signal.reason);
    else this.call.end();
  }
}

interface ObservingOptions extends StreamOptions {
  readonly failures: FailureLog;
  readonly clock: Clock;
  /**
   * A generator, or a stream that is pulled from, runs in it: what it calls belongs to this call, whoever reads it and when.
   * The stream of a client has made its request already.
   */
  readonly context?: Context | undefined;
}

/** `source`, or what stands for it, with every chunk and every ending reported to `call`. */
export function observeStream<S extends StreamSource>(
  source: S,
  call: ObservedCall,
  onChunk: ((chunk: unknown) => void) | undefined,
  options: ObservingOptions,
): S {
  // Clients end a stream in peace that is aborted through the controller they made for it.
  const ofClient = isClientStream(source) ? source : undefined;
  const signal = options.signal ?? ofClient?.controller?.signal;
  const context = ofClient === undefined ? options.context : undefined;
  const observer = new StreamObserver(call, onChunk, options.failures, {
    signal,
    context,
    clock: options.clock,
  });
  const inPlace =
    ofClient === undefined
      ? isEmitter(source) && observeEmitter(source, observer)
      : observeClientStream(ofClient, observer);
  if (call.ended) return source;
  if (context !== undefined && isNodeStream(source)) pullInContext(source, context);
  const observed = observedSource(source, inPlace, observer);
  // A stream must not fail for a deadline that is none.
  const timeoutMillis = options.failures.guard('setting the deadline of a stream', () =>
    streamDeadline('timeoutMillis', options.timeoutMillis),
  );
  watchFromOutside(observer, { signal, timeoutMillis, clock: options.clock });
  // Only the call is held here: holding the observer could hold the stream itself, through onChunk. What stands for an
  // emitter may be garbage while the emitter itself goes on.
  droppedStreams()?.register(inPlace ? source : observed, call);
  return observed;
}

function observedSource<S extends StreamSource>(
  source: S,
  inPlace: boolean,
  observer: StreamObserver,
): S {
  if (isReadable(source)) return observeReadable(source, observer) as unknown as S;
  // Of an emitter that can be iterated, only the iterator knows that its reader has left.
  if (
    inPlace &&
    (isClientStream(source) || isNodeStream(source) || !(Symbol.asyncIterator in source))
  )
    return source;
  return observeIterable(source as AsyncIterable<unknown>, observer) as unknown as S;
}

function isEmitter(source: StreamSource): source is EmitterLike {
  return !isReadable(source) && emitMethodOf(source) !== undefined;
}

/** Plain JavaScript may hand over anything; what is no stream is left alone. */
export function isStream(value: unknown): value is StreamSource {
  return (
    typeof value === 'object' &&
    value !== null &&
    (Symbol.asyncIterator in value || 'getReader' in value || emitMethodOf(value) !== undefined)
  );
}

function isReadable(source: StreamSource): source is ReadableStreamLike<unknown> {
  return 'getReader' in source && typeof source.getReader === 'function';
}

/** What ends a call without a word of the stream: its signal and its deadline. Both are let go at the end. */
function watchFromOutside(
  observer: StreamObserver,
  { signal, timeoutMillis, clock }: StreamOptions & { readonly clock: Clock },
): void {
  const { call } = observer;
  const fail = (): void => {
    if (!observer.isLeft) call.fail(signal?.reason);
  };
  // A client that meets an error also aborts its own request, just before it tells the reader the error. One whose stream
  // is cancelled aborts it too, just before it leaves.
  const abort = (): void => {
    if (observer.reading > 0) clock.setTimer(fail, 0);
    else queueMicrotask(fail);
  };
  if (signal?.aborted === true) {
    fail();
    return;
  }
  const timer =
    timeoutMillis === undefined
      ? undefined
      : clock.setTimer(() => call.fail(new StreamTimeout(timeoutMillis)), timeoutMillis);
  signal?.addEventListener('abort', abort, { once: true });
  call.whenEnded(() => {
    // A signal may outlive thousands of calls.
    signal?.removeEventListener('abort', abort);
    if (timer !== undefined) clock.clearTimer(timer);
  });
}

class StreamTimeout extends Error {
  readonly code = 'timeout';

  constructor(timeoutMillis: number) {
    super(`the stream was not over after ${timeoutMillis} ms`);
    this.name = 'TimeoutError';
  }
}

let registry: FinalizationRegistry<ObservedCall> | undefined;

/** Not in every edge runtime. There, a dropped stream's span stays open. */
function droppedStreams(): FinalizationRegistry<ObservedCall> | undefined {
  if (typeof FinalizationRegistry === 'undefined') return undefined;
  return (registry ??= new FinalizationRegistry((call) => call.dropped()));
}
