import {
  finishReasonFrom,
  finishReasonOfOpenAiResponse,
  type InferenceResponse,
  messagesFromOpenAiChat,
  outputFromOpenAiResponses,
  usageFromOpenAi,
} from '@llm-otel/llm-conventions';
import { readList, readMember, readString } from '@llm-otel/llm-conventions/client';

/** The facts that every body has under the same names. */
export function sharedResponse(body: unknown): InferenceResponse {
  const fingerprint = readString(body, 'system_fingerprint');
  return {
    id: readString(body, 'id'),
    model: readString(body, 'model'),
    usage: usageFromOpenAi(readMember(body, 'usage')),
    serviceTier: readString(body, 'service_tier'),
    // What OpenAI alone has names for; of a stream its format tells it.
    attributes:
      fingerprint === undefined ? undefined : { 'openai.response.system_fingerprint': fingerprint },
  };
}

/** The body of a chat completion. */
export function chatResponse(body: unknown, recordsContent: boolean): InferenceResponse {
  const choices = readList(body, 'choices');
  return {
    ...sharedResponse(body),
    finishReasons: reasonsOf(choices),
    outputMessages: recordsContent
      ? messagesFromOpenAiChat(choices.map((choice) => readMember(choice, 'message')))
      : undefined,
  };
}

/** The body of an old completion. */
export function completionResponse(body: unknown, recordsContent: boolean): InferenceResponse {
  const choices = readList(body, 'choices');
  return {
    ...sharedResponse(body),
    finishReasons: reasonsOf(choices),
    ...(recordsContent && {
      outputMessages: choices.map((choice) => ({
        role: 'assistant',
        parts: [{ type: 'text', content: readString(choice, 'text') ?? '' }],
      })),
    }),
  };
}

/** The body of a response of the responses API. */
export function responsesResponse(body: unknown, recordsContent: boolean): InferenceResponse {
  const reason = finishReasonOfOpenAiResponse(body);
  return {
    ...sharedResponse(body),
    ...(reason !== undefined && { finishReasons: [reason] }),
    ...(recordsContent && { outputMessages: outputFromOpenAiResponses(body) }),
  };
}

/** The body of an image, a transcription or a translation. Media are not recorded; a transcript is text. */
export function mediaResponse(body: unknown, recordsContent: boolean): InferenceResponse {
  const content = typeof body === 'string' ? body : readString(body, 'text');
  return {
    ...sharedResponse(body),
    ...(recordsContent &&
      content !== undefined && {
        outputMessages: [{ role: 'assistant', parts: [{ type: 'text', content }] }],
      }),
  };
}

function reasonsOf(choices: readonly unknown[]): string[] {
  const reasons: string[] = [];
  for (const choice of choices) {
    const reason = finishReasonFrom(readMember(choice, 'finish_reason'));
    if (reason !== undefined) reasons.push(reason);
  }
  return reasons;
}
