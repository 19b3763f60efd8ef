import {
  type InferenceRequest,
  inputFromOpenAiResponses,
  OPENAI_API_TYPE_VALUE_RESPONSES,
} from '@llm-otel/llm-conventions';
import { readMember, readString } from '@llm-otel/llm-conventions/client';
import { sharedRequest } from './shared-request.ts';
import type { ModelServer } from './server-of-client.ts';

/** What `client.responses.create` is called with. */
export function responsesRequest(
  body: unknown,
  server: ModelServer,
  recordsContent: boolean,
): InferenceRequest {
  const format = readString(readMember(readMember(body, 'text'), 'format'), 'type');
  const prompt = readMember(body, 'prompt');
  return {
    ...sharedRequest(body, server, OPENAI_API_TYPE_VALUE_RESPONSES),
    conversationId: conversationOf(readMember(body, 'conversation')),
    previousResponseId: readString(body, 'previous_response_id'),
    reasoningLevel: readString(readMember(body, 'reasoning'), 'effort'),
    promptName: readString(prompt, 'id'),
    promptVersion: readString(prompt, 'version'),
    outputType: format === undefined ? undefined : format === 'text' ? 'text' : 'json',
    ...(recordsContent && inputFromOpenAiResponses(body)),
  };
}

/** An id, or an object with one. */
function conversationOf(conversation: unknown): string | undefined {
  return typeof conversation === 'string' ? conversation : readString(conversation, 'id');
}
