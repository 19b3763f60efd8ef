import {
  customValue,
  type GenAiProviderName,
  type InferenceRequest,
  inputFromAiSdk,
} from '@llm-otel/llm-conventions';
import {
  providerFrom,
  readList,
  readMember,
  readNumber,
  readString,
} from '@llm-otel/llm-conventions/client';

/** The provider of a model, which the AI SDK calls `openai.chat` or `anthropic.messages`. */
export function providerOf(event: unknown): GenAiProviderName {
  const provider = readString(event, 'provider') ?? 'unknown';
  return customValue(providerFrom(provider));
}

/** What a model is called with, by the event that says so. */
export function modelRequest(event: unknown, recordsContent: boolean): InferenceRequest {
  const stops = readList(event, 'stopSequences').filter((item) => typeof item === 'string');
  const reasoning = readMember(event, 'reasoning');
  return {
    provider: providerOf(event),
    model: readString(event, 'modelId'),
    maxTokens: readNumber(event, 'maxOutputTokens'),
    temperature: readNumber(event, 'temperature'),
    topP: readNumber(event, 'topP'),
    topK: readNumber(event, 'topK'),
    frequencyPenalty: readNumber(event, 'frequencyPenalty'),
    presencePenalty: readNumber(event, 'presencePenalty'),
    seed: readNumber(event, 'seed'),
    stopSequences: stops.length === 0 ? undefined : stops,
    reasoningLevel:
      typeof reasoning === 'string' && reasoning !== 'provider-default' ? reasoning : undefined,
    ...(recordsContent && inputFromAiSdk(event)),
  };
}
