import type { Context } from '@opentelemetry/api';
import type { Clock } from '@llm-otel/core';
import {
  ATTR_GEN_AI_REQUEST_STREAM,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_LLM_OTEL_STREAM_OUTCOME,
  LLM_OTEL_STREAM_OUTCOME_VALUE_CANCELLED,
} from '@llm-otel/llm-conventions';
import { readMember, type WrappedCalls } from '@llm-otel/llm-conventions/client';
import { onFirstChunk } from './first-chunk.ts';
import type { HandlerEnvironment, StartedRun } from './handler-environment.ts';
import { messagesOf } from './messages.ts';
import { modelRequest } from './model-request.ts';
import { modelResponse } from './model-response.ts';

interface ModelStart {
  readonly model: unknown;
  /** A list of lists: of each, LangChain starts a run of its own. */
  readonly messages?: readonly (readonly unknown[])[];
  readonly prompts?: readonly string[];
  readonly extraParams: unknown;
  readonly metadata: unknown;
  readonly clock: Clock;
}

/** How a model call ends of which LangChain says nothing more. */
export interface ModelEndings {
  /** The stream was left before its end. */
  left(): void;
  /** The application took the call back. LangChain tells of that only where it still reads the answer. */
  aborted(reason: unknown): void;
}

const LEFT = { [ATTR_LLM_OTEL_STREAM_OUTCOME]: LLM_OTEL_STREAM_OUTCOME_VALUE_CANCELLED };

/** Starts a model call. While it is under way, what an observed client below it does is the same call. */
export function startModel(
  { model, messages, prompts, extraParams, metadata, clock }: ModelStart,
  parent: Context,
  { genAi }: HandlerEnvironment,
  calls: WrappedCalls,
  endings: ModelEndings,
): StartedRun {
  const request = modelRequest(model, extraParams, metadata);
  const call = genAi.startInference({
    ...request,
    ...(prompts !== undefined && { operation: 'text_completion' as const }),
    parent,
    ...(genAi.content !== 'none' && {
      inputMessages:
        messages === undefined
          ? (prompts ?? []).map((content) => ({
              role: 'user',
              parts: [{ type: 'text' as const, content }],
            }))
          : messagesOf(messages[0]),
    }),
  });
  const left = (): void => call.setAttributes({}, LEFT);
  const leave = calls.open(request.model, call.context, () => {
    left();
    endings.left();
  });
  const forget = onAbort(extraParams, (reason) => endings.aborted(reason));
  let waitsForChunk = true;
  const close = (): void => {
    waitsForChunk = false;
    forget();
    leave();
  };
  const startMillis = clock.monotonicMillis();
  const token = (): void => {
    if (!waitsForChunk) return;
    waitsForChunk = false;
    call.setAttributes({
      [ATTR_GEN_AI_REQUEST_STREAM]: true,
      [ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK]: (clock.monotonicMillis() - startMillis) / 1000,
    });
  };
  onFirstChunk(calls, token);
  return {
    context: call.context,
    left,
    token,
    end(output) {
      close();
      call.recordResponse(modelResponse(output, call.recordsContent));
      call.end();
    },
    fail(error) {
      close();
      call.fail(error);
    },
  };
}

/** Listens to the signal that a call was given. Returns what stops that. */
function onAbort(extraParams: unknown, aborted: (reason: unknown) => void): () => void {
  const signal = readMember(readMember(extraParams, 'options'), 'signal');
  if (!(signal instanceof AbortSignal)) return () => undefined;
  const listener = (): void => aborted(signal.reason);
  signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}
