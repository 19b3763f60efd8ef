import {
  type InferenceRequest,
  messagesFromOpenAiChat,
  OPENAI_API_TYPE_VALUE_CHAT_COMPLETIONS,
  toolDefinitionsFrom,
} from '@llm-otel/llm-conventions';
import { type ModelServer, readMember, readString } from '@llm-otel/llm-conventions/client';
import { sharedRequest } from './shared-request.ts';

/** What `client.chat.completions.create` is called with. */
export function chatRequest(
  body: unknown,
  server: ModelServer,
  recordsContent: boolean,
): InferenceRequest {
  const request = sharedRequest(body, server, OPENAI_API_TYPE_VALUE_CHAT_COMPLETIONS);
  request.outputType = outputTypeOf(readString(readMember(body, 'response_format'), 'type'), body);
  request.reasoningLevel = readString(body, 'reasoning_effort');
  if (recordsContent) {
    request.inputMessages = messagesFromOpenAiChat(readMember(body, 'messages'));
    request.toolDefinitions = toolDefinitionsFrom(readMember(body, 'tools'));
  }
  return request;
}

function outputTypeOf(format: string | undefined, body: unknown): InferenceRequest['outputType'] {
  if (format === 'json_object' || format === 'json_schema') return 'json';
  if (format === 'text') return 'text';
  const modalities: unknown = readMember(body, 'modalities');
  return Array.isArray(modalities) && modalities.includes('audio') ? 'speech' : undefined;
}
