import {
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  type InferenceRequest,
} from '@llm-otel/llm-conventions';
import { type ModelServer, readMember, readString } from '@llm-otel/llm-conventions/client';
import { sharedRequest } from './shared-request.ts';

/**
 * Images, speech, transcriptions and translations. The conventions have no operation for them: they are content that a
 * model generates, and `gen_ai.output.type` says which.
 */
export function mediaRequest(
  outputType: 'image' | 'speech' | 'text',
): (body: unknown, server: ModelServer, recordsContent: boolean) => InferenceRequest {
  return (body, server, recordsContent) => ({
    ...sharedRequest(body, server, undefined),
    operation: GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
    outputType,
    ...(recordsContent && { inputMessages: textSaid(body) }),
  });
}

/** Files are not read: they may be streams that can be read once. */
function textSaid(body: unknown): InferenceRequest['inputMessages'] {
  const text = readString(body, 'prompt') ?? readString(body, 'input');
  if (text === undefined) return undefined;
  const instructions: unknown = readMember(body, 'instructions');
  const parts = typeof instructions === 'string' ? [text, instructions] : [text];
  return [{ role: 'user', parts: parts.map((content) => ({ type: 'text', content })) }];
}
