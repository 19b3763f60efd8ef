import {
  type InferenceRequest,
  inputFromOpenAiResponses,
  OPENAI_API_TYPE_VALUE_RESPONSES,
} from '@llm-otel/llm-conventions';
import { type ModelServer, readMember, readString } from '@llm-otel/llm-conventions/client';
import { sharedRequest } from './shared-request.ts';

/** What `client.responses.create` is called with. */
export function responsesRequest(
  body: unknown,
  server: ModelServer,
  recordsContent: boolean,
): InferenceRequest {
  const format = readString(readMember(readMember(body, 'text'), 'format'), 'type');
  const prompt = readMember(body, 'prompt');
  const request = sharedRequest(body, server, OPENAI_API_TYPE_VALUE_RESPONSES);
  request.conversationId = conversationOf(readMember(body, 'conversation'));
  request.previousResponseId = readString(body, 'previous_response_id');
  request.reasoningLevel = readString(readMember(body, 'reasoning'), 'effort');
  request.promptName = readString(prompt, 'id');
  request.promptVersion = readString(prompt, 'version');
  request.outputType = format === undefined ? undefined : format === 'text' ? 'text' : 'json';
  return recordsContent ? Object.assign(request, inputFromOpenAiResponses(body)) : request;
}

/** An id, or an object with one. */
function conversationOf(conversation: unknown): string | undefined {
  return typeof conversation === 'string' ? conversation : readString(conversation, 'id');
}
