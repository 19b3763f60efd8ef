import {
  type InferenceRequest,
  messagesFromOpenAiChat,
  OPENAI_API_TYPE_VALUE_CHAT_COMPLETIONS,
  toolDefinitionsFrom,
} from '@llm-otel/llm-conventions';
import { readMember, readString } from '@llm-otel/llm-conventions/client';
import { sharedRequest } from './shared-request.ts';
import type { ModelServer } from './server-of-client.ts';

/** What `client.chat.completions.create` is called with. */
export function chatRequest(
  body: unknown,
  server: ModelServer,
  recordsContent: boolean,
): InferenceRequest {
  return {
    ...sharedRequest(body, server, OPENAI_API_TYPE_VALUE_CHAT_COMPLETIONS),
    outputType: outputTypeOf(readString(readMember(body, 'response_format'), 'type'), body),
    reasoningLevel: readString(body, 'reasoning_effort'),
    ...(recordsContent && {
      inputMessages: messagesFromOpenAiChat(readMember(body, 'messages')),
      toolDefinitions: toolDefinitionsFrom(readMember(body, 'tools')),
    }),
  };
}

function outputTypeOf(format: string | undefined, body: unknown): InferenceRequest['outputType'] {
  if (format === 'json_object' || format === 'json_schema') return 'json';
  if (format === 'text') return 'text';
  const modalities: unknown = readMember(body, 'modalities');
  return Array.isArray(modalities) && modalities.includes('audio') ? 'speech' : undefined;
}
