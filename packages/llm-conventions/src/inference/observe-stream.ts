import type { FailureLog } from '@llm-otel/core';
import type { ReadableStreamLike, StreamSource } from './inference-types.ts';
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
  options: { readonly signal?: AbortSignal | undefined; readonly failures: FailureLog },
): S {
  const observer = new StreamObserver(call, onChunk, options.failures);
  if (options.signal !== undefined) failOnAbort(options.signal, call);
  const observed = isReadable(source)
    ? (observeReadable(source, observer) as unknown as S)
    : (observeIterable(source as AsyncIterable<unknown>, observer) as unknown as S);
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

function failOnAbort(signal: AbortSignal, call: ObservedCall): void {
  const abort = (): void => call.fail(signal.reason);
  if (signal.aborted) {
    abort();
    return;
  }
  signal.addEventListener('abort', abort, { once: true });
  // A signal may outlive thousands of calls.
  call.whenEnded(() => signal.removeEventListener('abort', abort));
}

let registry: FinalizationRegistry<ObservedCall> | undefined;

/** Not in every edge runtime. There, a dropped stream's span stays open. */
function droppedStreams(): FinalizationRegistry<ObservedCall> | undefined {
  if (typeof FinalizationRegistry === 'undefined') return undefined;
  return (registry ??= new FinalizationRegistry((call) => call.dropped()));
}
