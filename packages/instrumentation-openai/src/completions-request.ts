import {
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
  type InferenceRequest,
} from '@llm-otel/llm-conventions';
import { type ModelServer, readMember } from '@llm-otel/llm-conventions/client';
import { sharedRequest } from './shared-request.ts';

/** What the old `client.completions.create` is called with. */
export function completionsRequest(
  body: unknown,
  server: ModelServer,
  recordsContent: boolean,
): InferenceRequest {
  return {
    ...sharedRequest(body, server, undefined),
    operation: GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
    ...(recordsContent && { inputMessages: prompts(readMember(body, 'prompt')) }),
  };
}

/** A text or a list of them. A prompt of token numbers is no text and left out. */
function prompts(prompt: unknown): InferenceRequest['inputMessages'] {
  const texts = (Array.isArray(prompt) ? prompt : [prompt]) as unknown[];
  return texts
    .filter((text) => typeof text === 'string')
    .map((content) => ({ role: 'user', parts: [{ type: 'text', content }] }));
}
