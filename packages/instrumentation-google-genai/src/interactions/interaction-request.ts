import {
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  type InferenceRequest,
  inputFromGeminiInteraction,
} from '@llm-otel/llm-conventions';
import {
  type ModelServer,
  readList,
  readMember,
  readNumber,
  readString,
} from '@llm-otel/llm-conventions/client';
import { modelName } from '../model-name.ts';

/**
 * What `client.interactions.create` is called with. It asks a model, or an agent at Google's, which has no model then; both are content that is
 * generated.
 */
export function interactionRequest(
  params: unknown,
  server: ModelServer,
  recordsContent: boolean,
): InferenceRequest {
  const config = readMember(params, 'generation_config');
  const stopSequences = readList(config, 'stop_sequences').filter((one) => typeof one === 'string');
  return {
    ...server,
    operation: GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
    model: modelName(params),
    agentName: readString(params, 'agent'),
    previousResponseId: readString(params, 'previous_interaction_id'),
    stream: readMember(params, 'stream') === true ? true : undefined,
    maxTokens: readNumber(config, 'max_output_tokens'),
    temperature: readNumber(config, 'temperature'),
    topP: readNumber(config, 'top_p'),
    seed: readNumber(config, 'seed'),
    stopSequences: stopSequences.length === 0 ? undefined : stopSequences,
    reasoningLevel: readString(config, 'thinking_level'),
    outputType: outputType(params),
    ...(recordsContent && inputFromGeminiInteraction(params)),
  };
}

function outputType(params: unknown): InferenceRequest['outputType'] {
  const format = readMember(params, 'response_format');
  const formats = Array.isArray(format) ? readList(params, 'response_format') : [format];
  const types = new Set([
    ...readList(params, 'response_modalities'),
    ...formats.map((one) => readString(one, 'type')),
  ]);
  if (types.has('audio')) return 'speech';
  if (types.has('image')) return 'image';
  const mimeType =
    readString(params, 'response_mime_type') ??
    formats.map((one) => readString(one, 'mime_type')).find((one) => one !== undefined);
  if (mimeType === 'application/json') return 'json';
  return types.has('text') ? 'text' : undefined;
}
