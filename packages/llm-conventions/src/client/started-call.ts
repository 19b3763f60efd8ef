import type { Attributes, Context, Span } from '@opentelemetry/api';
import type { GenAi } from '../gen-ai.ts';
import type {
  InferenceCall,
  InferenceRequest,
  InferenceResponse,
  StreamOptions,
} from '../inference/inference-types.ts';
import type { StreamFormat } from '../streams/stream-format.ts';
import { readMember } from '../read-member.ts';
import { isClientStream } from './client-stream.ts';
import { type ClientGenerator, isClientGenerator, observeGenerator } from './observe-generator.ts';
import { isWebStream, observeWebStream } from './observe-web-stream.ts';
import { callOfSignal } from './stream-helper.ts';

/** A call of the client that has started: it ends once, whatever is told to it afterwards. Never throws. */
export interface StartedCall {
  readonly span: Span;
  /** The context the client works in: its HTTP requests become children of the call. */
  readonly context: Context;
  /** The answer, or the stream of it. */
  parsed(body: unknown): void;
  /** The answer came, and the application reads it itself. */
  end(): void;
  fail(error: unknown): void;
  /** A helper of the client goes on with the answer where it cannot be seen. What is answered, it gets instead of `props`. */
  taken?(props: unknown): unknown;
}

/** How the answers of one method are read. */
export interface AnswerReader {
  readonly response: (body: unknown, recordsContent: boolean) => InferenceResponse;
  /** What the provider alone has names for, which the conventions do not have. */
  readonly extra?: ((body: unknown) => Attributes) | undefined;
  /** Absent where the API does not stream. */
  readonly stream?: ((call: InferenceCall) => StreamFormat) | undefined;
}

export interface StartOptions {
  /** How long a stream may take, in milliseconds. */
  readonly timeoutMillis: number | undefined;
  /** Aborts the request, where the stream has no controller that tells of it. */
  readonly signal?: AbortSignal | undefined;
  /** The options of the request: in them is the signal of the helper that makes it, where one does. */
  readonly requestOptions?: unknown;
}

/** Starts the span of a model call. */
export function startInferenceCall(
  genAi: GenAi,
  request: InferenceRequest,
  reader: AnswerReader,
  { timeoutMillis, signal, requestOptions }: StartOptions,
): StartedCall {
  const call = genAi.startInference(request);
  if (requestOptions !== undefined)
    callOfSignal(readMember(requestOptions, 'signal'), () => call.cancelled());
  return new StartedInference(call, reader, { timeoutMillis, signal });
}

class StartedInference implements StartedCall {
  readonly span: Span;
  readonly context: Context;
  readonly #call: InferenceCall;
  readonly #reader: AnswerReader;
  readonly #options: StreamOptions;

  constructor(call: InferenceCall, reader: AnswerReader, options: StreamOptions) {
    this.span = call.span;
    this.context = call.context;
    this.#call = call;
    this.#reader = reader;
    // A client streams what it was answered to one request, or tells several as one.
    this.#options = { ...options, isOneAnswer: true };
  }

  parsed(body: unknown): void {
    const call = this.#call;
    const { response, extra, stream } = this.#reader;
    if (stream !== undefined && isClientStream(body)) {
      call.stream(body, stream(call), this.#options);
      return;
    }
    if (stream !== undefined && (isClientGenerator(body) || isWebStream(body))) {
      const watch = (bare: ClientGenerator): ClientGenerator =>
        call.stream(bare, stream(call), this.#options);
      if (isWebStream(body)) observeWebStream(body, watch);
      else observeGenerator(body, watch);
      return;
    }
    if (extra !== undefined) call.setAttributes({}, extra(body));
    call.recordResponse(response(body, call.recordsContent));
    call.end();
  }

  end(): void {
    this.#call.end();
  }

  fail(error: unknown): void {
    this.#call.fail(error);
  }
}
