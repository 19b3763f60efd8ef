import type { Attributes, Context, Span } from '@opentelemetry/api';
import type { GenAi } from '../gen-ai.ts';
import type {
  InferenceCall,
  InferenceRequest,
  InferenceResponse,
} from '../inference/inference-types.ts';
import type { StreamFormat } from '../streams/stream-format.ts';
import type { InferenceAttributes } from '../typed-attributes.ts';
import { isClientStream } from './client-stream.ts';

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
  /** The client goes on with the answer where it cannot be seen. */
  taken?(): void;
}

/** How the answers of one method are read. */
export interface AnswerReader {
  readonly response: (body: unknown, recordsContent: boolean) => InferenceResponse;
  /** What the provider alone has names for. */
  readonly attributes?: ((body: unknown) => InferenceAttributes) | undefined;
  /** The same, under names that the conventions do not have. */
  readonly extra?: ((body: unknown) => Attributes) | undefined;
  /** Absent where the API does not stream. */
  readonly stream?: ((call: InferenceCall) => StreamFormat) | undefined;
}

/** Starts the span of a model call. */
export function startInferenceCall(
  genAi: GenAi,
  request: InferenceRequest,
  { response, attributes, extra, stream }: AnswerReader,
  timeoutMillis: number | undefined,
): StartedCall {
  const call: InferenceCall = genAi.startInference(request);
  return {
    span: call.span,
    context: call.context,
    parsed(body) {
      if (stream !== undefined && isClientStream(body)) {
        call.stream(body, stream(call), { timeoutMillis });
        return;
      }
      if (attributes !== undefined || extra !== undefined)
        call.setAttributes(attributes?.(body) ?? {}, extra?.(body));
      call.recordResponse(response(body, call.recordsContent));
      call.end();
    },
    end: () => call.end(),
    fail: (error) => call.fail(error),
  };
}
