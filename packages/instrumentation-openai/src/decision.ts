import {
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  type InferenceRequest,
  type InferenceResponse,
  inputFromOpenAiResponses,
} from '@llm-otel/llm-conventions';
import { type ModelServer, readList } from '@llm-otel/llm-conventions/client';
import { sharedResponse } from './response-facts.ts';
import { sharedRequest } from './shared-request.ts';

/**
 * What `client.decisions.create` is called with: questions about an input, which a model answers with choices and scores. The
 * conventions have no operation for it; it is content that a model generates.
 */
export function decisionRequest(
  body: unknown,
  server: ModelServer,
  recordsContent: boolean,
): InferenceRequest {
  return {
    ...sharedRequest(body, server, undefined),
    operation: GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
    outputType: 'json',
    ...(recordsContent && inputFromOpenAiResponses(body)),
  };
}

/** Its answer. */
export function decisionResponse(body: unknown, recordsContent: boolean): InferenceResponse {
  const answers = readList(body, 'answers');
  return {
    ...sharedResponse(body),
    ...(recordsContent && {
      outputMessages: [
        { role: 'assistant', parts: [{ type: 'text', content: JSON.stringify(answers) }] },
      ],
    }),
  };
}
