import {
  customValue,
  type InferenceAttributes,
  type InferenceRequest,
} from '@llm-otel/llm-conventions';
import {
  type ModelServer,
  readMember,
  readNumber,
  readString,
} from '@llm-otel/llm-conventions/client';

/** A request that is put together. */
export type RequestDraft = { -readonly [K in keyof InferenceRequest]: InferenceRequest[K] };

/** What the APIs of text have in common, under the names that any of them uses. */
export function sharedRequest(
  body: unknown,
  server: ModelServer,
  apiType: InferenceAttributes['openai.api.type'],
): RequestDraft {
  return {
    provider: server.provider,
    serverAddress: server.serverAddress,
    serverPort: server.serverPort,
    model: readString(body, 'model'),
    stream: readMember(body, 'stream') === true ? true : undefined,
    maxTokens:
      readNumber(body, 'max_completion_tokens') ??
      readNumber(body, 'max_output_tokens') ??
      readNumber(body, 'max_tokens'),
    temperature: readNumber(body, 'temperature'),
    topP: readNumber(body, 'top_p'),
    frequencyPenalty: readNumber(body, 'frequency_penalty'),
    presencePenalty: readNumber(body, 'presence_penalty'),
    seed: readNumber(body, 'seed'),
    choiceCount: readNumber(body, 'n'),
    stopSequences: stopSequences(readMember(body, 'stop')),
    attributes: { 'openai.api.type': apiType, 'openai.request.service_tier': serviceTier(body) },
  };
}

/** The default is not worth an attribute, as the conventions say. */
function serviceTier(body: unknown): InferenceAttributes['openai.request.service_tier'] {
  const tier = readString(body, 'service_tier');
  return tier === undefined || tier === 'auto' ? undefined : customValue(tier);
}

function stopSequences(stop: unknown): readonly string[] | undefined {
  if (typeof stop === 'string') return [stop];
  if (!Array.isArray(stop)) return undefined;
  return stop.filter((sequence) => typeof sequence === 'string');
}
