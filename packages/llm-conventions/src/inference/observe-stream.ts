import type { Clock, FailureLog } from '@llm-otel/core';
import type { ReadableStreamLike, StreamOptions, StreamSource } from './inference-types.ts';
import { observeIterable } from './observe-iterable.ts';
import { observeReadable } from './observe-readable.ts';

/** The call a stream belongs to. Its endings do nothing after the first one. */
export interface ObservedCall {
  readonly ended: boolean;
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
  readonly #onChunk: ((chunk: unknown) => void) | undefined;
  readonly #failures: FailureLog;

  constructor(
    call: ObservedCall,
    onChunk: ((chunk: unknown) => void) | undefined,
    failures: FailureLog,
  ) {
    this.call = call;
    this.#onChunk = onChunk;
    this.#failures = failures;
  }

  chunk(chunk: unknown): void {
    if (this.call.ended) return;
    this.call.chunkArrived();
    try {
      this.#onChunk?.(chunk);
    } catch (error) {
      this.#failures.report('onChunk of a model call', error);
    }
  }
}

/** `source`, or what stands for it, with every chunk and every ending reported to `call`. */
export function observeStream<S extends StreamSource>(
  source: S,
  call: ObservedCall,
  onChunk: ((chunk: unknown) => void) | undefined,
  options: StreamOptions & { readonly failures: FailureLog; readonly clock: Clock },
): S {
  const observer = new StreamObserver(call, onChunk, options.failures);
  const observed = isReadable(source)
    ? (observeReadable(source, observer) as unknown as S)
    : (observeIterable(source as AsyncIterable<unknown>, observer) as unknown as S);
  watchFromOutside(call, options);
  // Only the call is held here: holding the observer could hold the stream itself, through onChunk.
  droppedStreams()?.register(observed, call);
  return observed;
}

/** Plain JavaScript may hand over anything; what is no stream is left alone. */
export function isStream(value: unknown): value is StreamSource {
  return (
    typeof value === 'object' &&
    value !== null &&
    (Symbol.asyncIterator in value || 'getReader' in value)
  );
}

function isReadable(source: StreamSource): source is ReadableStreamLike<unknown> {
  return 'getReader' in source && typeof source.getReader === 'function';
}

/** What ends a call without a word of the stream: its signal and its deadline. Both are let go at the end. */
function watchFromOutside(
  call: ObservedCall,
  { signal, timeoutMillis, clock }: StreamOptions & { readonly clock: Clock },
): void {
  const abort = (): void => call.fail(signal?.reason);
  if (signal?.aborted === true) {
    abort();
    return;
  }
  const timer =
    timeoutMillis === undefined || !(timeoutMillis < Infinity)
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
