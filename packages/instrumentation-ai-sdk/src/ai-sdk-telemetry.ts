import { context } from '@opentelemetry/api';
import { FailureLog, systemClock } from '@llm-otel/core';
import { createGenAi, type GenAi, type GenAiOptions } from '@llm-otel/llm-conventions';
import { readMember, readString, streamDeadline } from '@llm-otel/llm-conventions/client';
import { callModel, type ModelCall } from './call-model.ts';
import { Embeddings } from './embeddings.ts';
import { isOfKnownVersion } from './known-version.ts';
import { OpenRuns } from './open-runs.ts';
import { Run } from './run.ts';

export interface AiSdkOptions extends GenAiOptions {
  /** Records with this one, made by `createGenAi`; the other options are then its. */
  readonly genAi?: GenAi | undefined;
  /**
   * Ends the spans of a stream of version 7 that is not over by then, with the error `timeout`; the stream itself goes on.
   * @defaultValue none: a stream that nobody reads on is ended when nothing has happened in it for 30 seconds, or it is garbage
   * @throws InvalidOptionError unless a number above 0
   */
  readonly streamTimeoutMillis?: number | undefined;
}

type Hook = (event: unknown) => void;

/** A telemetry integration of the AI SDK, version 7: for `registerTelemetry`, or for `telemetry.integrations` of one call. */
export interface AiSdkTelemetry {
  readonly onStart: Hook;
  readonly onStepEnd: Hook;
  readonly onObjectStepStart: Hook;
  readonly onObjectStepEnd: Hook;
  readonly onToolExecutionStart: Hook;
  readonly onToolExecutionEnd: Hook;
  readonly onEmbedStart: Hook;
  readonly onEmbedEnd: Hook;
  readonly onEnd: Hook;
  readonly onAbort: Hook;
  readonly onError: Hook;
  readonly executeLanguageModelCall: <T>(call: ModelCall<T>) => PromiseLike<T>;
  readonly executeTool: <T>(call: ModelCall<T> & { readonly toolCallId: string }) => PromiseLike<T>;
}

const failures = new FailureLog();

/**
 * Makes a telemetry integration for version 7 of the AI SDK. Each `generateText`, `streamText`, `generateObject` and
 * `streamObject` is an agent's run with its model calls and tools below it; embeddings are calls of their own.
 */
export function aiSdkTelemetry(options: AiSdkOptions = {}): AiSdkTelemetry {
  const genAi = options.genAi ?? createGenAi(options);
  const timeoutMillis = streamDeadline('streamTimeoutMillis', options.streamTimeoutMillis);
  const { clock = systemClock } = options;
  const runs = new OpenRuns(clock);
  const hook =
    (observe: (event: unknown, callId: string) => void): Hook =>
    (event) =>
      failures.guard('observing the AI SDK', () => {
        const callId = readString(event, 'callId');
        if (callId === undefined) {
          isOfKnownVersion(event);
          return;
        }
        runs.run(callId)?.activity.happened();
        observe(event, callId);
      });

  const timedOut = (callId: string) => (): void => runs.take(callId)?.fail(new TimeoutError());

  return {
    onStart: hook((event, callId) => {
      if (!isOfKnownVersion(event)) return;
      const operation = readString(event, 'operationId') ?? '';
      if (/^ai\.(?:generate|stream)(?:Text|Object)$/.test(operation))
        runs.start(callId, new Run(event, genAi, clock));
      else if (operation.startsWith('ai.embed')) runs.embed(callId, new Embeddings(genAi));
    }),
    onStepEnd: hook((_event, callId) => runs.stepped(callId)),
    onObjectStepStart: hook((event, callId) => {
      const call = runs.run(callId)?.objectStarted(event, genAi);
      if (call === undefined || runs.run(callId)?.isStream !== true) return;
      runs.run(callId)?.streams(call, timeoutMillis, timedOut(callId));
      // Lives as long as the stream that was asked for with it, which is not handed to us.
      const prompt = readMember(event, 'promptMessages');
      if (typeof prompt === 'object' && prompt !== null) runs.watch(callId, prompt);
    }),
    onObjectStepEnd: hook((event, callId) => runs.run(callId)?.objectEnded(event)),
    onToolExecutionStart: hook((event, callId) => runs.run(callId)?.tools.started(event, genAi)),
    onToolExecutionEnd: hook((event, callId) => runs.run(callId)?.tools.ended(event)),
    onEmbedStart: hook((event, callId) => runs.embeddings(callId)?.started(event)),
    onEmbedEnd: hook((event, callId) => runs.embeddings(callId)?.ended(event)),
    onEnd: hook((event, callId) => {
      runs.embeddings(callId)?.end();
      runs.take(callId)?.ended(event);
    }),
    onAbort: hook((event, callId) => {
      runs.take(callId)?.fail(readMember(event, 'reason') ?? new AbortedError());
    }),
    onError: hook((event, callId) => {
      const error = readMember(event, 'error');
      runs.embeddings(callId)?.fail(error);
      runs.take(callId)?.fail(error);
    }),
    executeLanguageModelCall: (call) => {
      const run = runs.run(call.callId);
      return run === undefined
        ? call.execute()
        : callModel(call, run, genAi, {
            left: () => runs.leave(call.callId),
            watch: (stream) => runs.watch(call.callId, stream),
            timeoutMillis,
            timedOut: timedOut(call.callId),
          });
    },
    executeTool: ({ callId, toolCallId, execute }) => {
      const tool = runs.run(callId)?.tools.get(toolCallId);
      return tool === undefined ? execute() : context.with(tool.context, execute);
    },
  };
}

class TimeoutError extends Error {
  readonly code = 'timeout';

  constructor() {
    super('the stream was not over in time');
    this.name = 'TimeoutError';
  }
}

class AbortedError extends Error {
  constructor() {
    super('the call was aborted');
    this.name = 'AbortError';
  }
}
