import {
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  type InferenceRequest,
  inputFromGemini,
} from '@llm-otel/llm-conventions';
import {
  type ModelServer,
  readList,
  readMember,
  readNumber,
  readString,
} from '@llm-otel/llm-conventions/client';
import { modelName } from './model-name.ts';

/** What a request for content is made of: the parameters of `client.models.generateContent`. */
export function generateContentRequest(
  params: unknown,
  server: ModelServer,
  recordsContent: boolean,
  stream: boolean,
): InferenceRequest {
  const config = readMember(params, 'config');
  return {
    ...server,
    operation: GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
    model: modelName(params),
    stream: stream ? true : undefined,
    maxTokens: readNumber(config, 'maxOutputTokens'),
    temperature: readNumber(config, 'temperature'),
    topP: readNumber(config, 'topP'),
    topK: readNumber(config, 'topK'),
    frequencyPenalty: readNumber(config, 'frequencyPenalty'),
    presencePenalty: readNumber(config, 'presencePenalty'),
    seed: readNumber(config, 'seed'),
    choiceCount: readNumber(config, 'candidateCount'),
    stopSequences: stopSequences(config),
    reasoningLevel: reasoningLevel(config),
    outputType: outputType(config),
    ...(recordsContent && inputFromGemini(params)),
  };
}

function stopSequences(config: unknown): readonly string[] | undefined {
  const sequences = readList(config, 'stopSequences').filter((item) => typeof item === 'string');
  return sequences.length === 0 ? undefined : sequences;
}

function reasoningLevel(config: unknown): string | undefined {
  const level = readString(readMember(config, 'thinkingConfig'), 'thinkingLevel');
  return level === undefined || /unspecified$/i.test(level) ? undefined : level.toLowerCase();
}

function outputType(config: unknown): InferenceRequest['outputType'] {
  const modalities = new Set(
    readList(config, 'responseModalities').map((item) => String(item).toUpperCase()),
  );
  if (modalities.has('AUDIO')) return 'speech';
  if (modalities.has('IMAGE')) return 'image';
  const mimeType = readString(config, 'responseMimeType');
  if (mimeType === 'application/json') return 'json';
  return mimeType === 'text/plain' ? 'text' : undefined;
}
