import { context } from '@opentelemetry/api';
import { aiSdkStream, type GenAi, type InferenceCall } from '@llm-otel/llm-conventions';
import { CallRetries, readMember } from '@llm-otel/llm-conventions/client';
import { modelRequest } from './model-request.ts';
import { recordAnswer } from './record-answer.ts';
import type { Run } from './run.ts';
import { isReadable, watchReadable } from './watch-readable.ts';

/** A call of a model as the AI SDK hands it over: what it asks for, and the function that asks the provider. */
export interface ModelCall<T> {
  readonly callId: string;
  readonly execute: () => PromiseLike<T>;
}

/** What becomes of a stream that is not read to its end. */
export interface StreamWatch {
  /** Called when its reader leaves. */
  readonly left: () => void;
  /** Called with the stream that the AI SDK reads. */
  readonly watch: (stream: object) => void;
  /** How long it may take, and what is called when it takes longer. */
  readonly timeoutMillis: number | undefined;
  readonly timedOut: () => void;
}

/**
 * Asks the provider inside the span of the call. A stream is watched where the provider hands it out. An attempt that
 * fails is the end of the call only when the run says so: until then it may be tried again.
 */
export async function callModel<T>(
  { execute, ...event }: ModelCall<T>,
  run: Run,
  genAi: GenAi,
  streams: StreamWatch,
): Promise<T> {
  const before = run.retried();
  const call = before?.call ?? startCall(event, run, genAi);
  const attempts = (before?.attempts ?? 0) + 1;
  if (before !== undefined) tellRetry(call, before.attempts, before.error);
  let result: T;
  try {
    const answer = context.with(call.context, execute);
    run.activity.awaits(answer);
    result = await answer;
  } catch (error) {
    run.attemptFailed(call, error, attempts);
    throw error;
  }
  answered(result, call, run, streams);
  return result;
}

function startCall(event: object, run: Run, genAi: GenAi): InferenceCall {
  return genAi.startInference({
    ...modelRequest(event, run.records.inputs),
    stream: run.isStream ? true : undefined,
    parent: run.context,
  });
}

function tellRetry(call: InferenceCall, attempts: number, error: unknown): void {
  const retries = new CallRetries(attempts - 1);
  retries.span = call.span;
  retries.answered({ status: readMember(error, 'statusCode') });
  retries.again(readMember(error, 'responseHeaders'));
}

function answered(result: unknown, call: InferenceCall, run: Run, streams: StreamWatch): void {
  const stream = readMember(result, 'stream');
  if (isReadable(stream)) {
    const { left } = streams;
    const told = { left, asked: (answer: PromiseLike<unknown>) => run.activity.awaits(answer) };
    const watched = watchReadable(stream, told, (source) => call.stream(source, streamFormat(run)));
    if (watched === undefined) return;
    run.streams(call, streams.timeoutMillis, streams.timedOut);
    streams.watch(watched);
    return;
  }
  recordAnswer(call, result, run);
  call.end();
}

/** Without the answer's text where the call does not want it recorded. The run hears of an error that is a part. */
function streamFormat(run: Run): typeof aiSdkStream {
  return {
    open(options) {
      const reader = aiSdkStream.open({
        ...options,
        content: options.content && run.records.outputs,
      });
      return {
        read(part) {
          const error = reader.read(part);
          if (error !== undefined) run.partFailed(error);
          return error;
        },
        incomplete: () => reader.incomplete?.(),
        response: () => reader.response(),
      };
    },
  };
}
