import type {
  InferenceCall,
  InferenceRequest,
  InferenceResponse,
  StreamFormat,
} from '@llm-otel/llm-conventions';
import { overrideMember, readMember, type StartedCall } from '@llm-otel/llm-conventions/client';
import type { Attributes } from '@opentelemetry/api';
import type { HandlerResult } from './client-shape.ts';
import type { CommandObservation } from './observed-commands.ts';

/** How the answers of a command are read. */
export interface AnswerReader {
  readonly response: (result: HandlerResult, recordsContent: boolean) => InferenceResponse;
  /** What the conventions have no names for. */
  readonly extra: (result: HandlerResult) => Attributes;
  /** Where the stream is in the output, and how its events are read. */
  readonly stream?:
    | { readonly member: string; readonly format: (call: InferenceCall) => StreamFormat }
    | undefined;
}

export function startInference(
  { genAi, streamTimeoutMillis, signal }: CommandObservation,
  request: InferenceRequest,
  { response, extra, stream }: AnswerReader,
): StartedCall {
  const call = genAi.startInference(request);
  return {
    span: call.span,
    context: call.context,
    parsed(answer) {
      const result = answer as HandlerResult;
      call.setAttributes({}, extra(result));
      const events = stream && readMember(result.output, stream.member);
      if (isIterable(events)) {
        observeInPlace(events, (source) =>
          call.stream(source, stream?.format(call), {
            timeoutMillis: streamTimeoutMillis,
            signal,
            isOneAnswer: true,
          }),
        );
        return;
      }
      call.recordResponse(response(result, call.recordsContent));
      call.end();
    },
    end: () => call.end(),
    fail: (error) => call.fail(error),
  };
}

type Iterable = Pick<AsyncIterable<unknown>, typeof Symbol.asyncIterator>;

function isIterable(value: unknown): value is Iterable {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/**
 * The application keeps the stream that the client made, and whoever reads it reads what `observe` makes of it. Where that is
 * frozen, nobody sees its end but the garbage collector.
 */
function observeInPlace(stream: Iterable, observe: (source: Iterable) => Iterable): void {
  // Called below, on the stream.
  // oxlint-disable-next-line typescript/unbound-method
  const open = stream[Symbol.asyncIterator];
  const observed = observe({ [Symbol.asyncIterator]: () => open.call(stream) });
  overrideMember(stream, Symbol.asyncIterator, () => observed[Symbol.asyncIterator]());
}
