import type { Context } from '@opentelemetry/api';
import type {
  GenAi,
  InferenceCall,
  InferenceRequest,
  InferenceResponse,
  StreamFormat,
} from '@llm-otel/llm-conventions';
import { isClientStream } from './client-shape.ts';
import { openAiAttributes } from './response-facts.ts';
import { watchStream } from './watch-stream.ts';

/** A call of the client that has started: it ends once, whatever is told to it afterwards. Never throws. */
export interface StartedCall {
  /** The context the client works in: its HTTP requests become children of the call. */
  readonly context: Context;
  /** The answer, or the stream of it. */
  parsed(body: unknown): void;
  /** The answer came, and the application reads it itself. */
  end(): void;
  fail(error: unknown): void;
}

/** How the answers of one method are read. */
export interface AnswerReader {
  readonly response: (body: unknown, recordsContent: boolean) => InferenceResponse;
  /** Absent where the API does not stream. */
  readonly stream?: StreamFormat | undefined;
}

/** Starts the span of a model call. */
export function startInferenceCall(
  genAi: GenAi,
  request: InferenceRequest,
  { response, stream }: AnswerReader,
  timeoutMillis: number | undefined,
): StartedCall {
  const call: InferenceCall = genAi.startInference(request);
  return {
    context: call.context,
    parsed(body) {
      if (stream !== undefined && isClientStream(body)) {
        watchStream(body, call, stream, timeoutMillis);
        return;
      }
      call.setAttributes(openAiAttributes(body));
      call.recordResponse(response(body, call.recordsContent));
      call.end();
    },
    end: () => call.end(),
    fail: (error) => call.fail(error),
  };
}
