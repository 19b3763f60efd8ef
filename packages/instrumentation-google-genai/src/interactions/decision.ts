import {
  finishReasonsOfGemini,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  type InferenceRequest,
  type InferenceResponse,
  inputFromGeminiInteraction,
  usageFromGeminiInteraction,
} from '@llm-otel/llm-conventions';
import { type ModelServer, readMember } from '@llm-otel/llm-conventions/client';
import { modelName } from '../model-name.ts';

/**
 * What `client.decisions.create` is called with: questions about an input, which a model answers with choices and scores. The
 * conventions have no operation for it; it is content that a model generates.
 */
export function decisionRequest(
  params: unknown,
  server: ModelServer,
  recordsContent: boolean,
): InferenceRequest {
  return {
    ...server,
    operation: GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
    model: modelName(params),
    outputType: 'json',
    ...(recordsContent && inputFromGeminiInteraction(params)),
  };
}

/** Its answer. */
export function decisionResponse(body: unknown, recordsContent: boolean): InferenceResponse {
  const answers = readMember(body, 'answers');
  return {
    usage: usageFromGeminiInteraction(readMember(body, 'usage')),
    // There is a reason only where the input was blocked.
    finishReasons: finishReasonsOfGemini(body),
    ...(recordsContent &&
      answers !== undefined && {
        outputMessages: [
          { role: 'assistant', parts: [{ type: 'text', content: JSON.stringify(answers) }] },
        ],
      }),
  };
}
