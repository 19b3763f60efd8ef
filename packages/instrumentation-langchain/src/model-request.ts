import { type GenAiProviderName, type InferenceRequest } from '@llm-otel/llm-conventions';
import {
  readMember,
  readNumber,
  readString,
  type ServerAddress,
  serverAddressOf,
} from '@llm-otel/llm-conventions/client';

/** How LangChain names providers, where the conventions have another name. */
const PROVIDERS: Readonly<Record<string, GenAiProviderName>> = {
  amazon_bedrock: 'aws.bedrock',
  azure: 'azure.ai.openai',
  bedrock: 'aws.bedrock',
  'google-genai': 'gcp.gemini',
  google_genai: 'gcp.gemini',
  'google-vertexai': 'gcp.vertex_ai',
  google_vertexai: 'gcp.vertex_ai',
  mistral: 'mistral_ai',
  mistralai: 'mistral_ai',
  xai: 'x_ai',
};

/** What a model is called with, of what LangChain tells its callbacks: the same for every provider. */
export function modelRequest(
  model: unknown,
  extraParams: unknown,
  metadata: unknown,
): InferenceRequest {
  const params = readMember(extraParams, 'invocation_params');
  const isChat = readString(metadata, 'ls_model_type') !== 'llm';
  const provider = readString(metadata, 'ls_provider') ?? 'langchain';
  return {
    operation: isChat ? 'chat' : 'text_completion',
    provider: PROVIDERS[provider] ?? provider,
    model:
      readString(metadata, 'ls_model_name') ??
      readString(params, 'model') ??
      readString(params, 'model_name'),
    ...serverOf(model),
    stream: readMember(params, 'stream') === true ? true : undefined,
    temperature: readNumber(metadata, 'ls_temperature') ?? readNumber(params, 'temperature'),
    maxTokens: readNumber(metadata, 'ls_max_tokens') ?? readNumber(params, 'max_tokens'),
    topP: readNumber(params, 'top_p'),
    topK: readNumber(params, 'top_k'),
    frequencyPenalty: readNumber(params, 'frequency_penalty'),
    presencePenalty: readNumber(params, 'presence_penalty'),
    seed: readNumber(params, 'seed'),
    stopSequences: stopSequences(readMember(metadata, 'ls_stop') ?? readMember(params, 'stop')),
    reasoningLevel: readString(params, 'reasoning_effort'),
  };
}

/** Where the model was made with a server of its own. */
function serverOf(model: unknown): ServerAddress {
  const configured = readMember(readMember(model, 'kwargs'), 'configuration');
  return serverAddressOf(readMember(configured, 'baseURL') ?? readMember(configured, 'base_url'));
}

function stopSequences(stop: unknown): readonly string[] | undefined {
  return Array.isArray(stop) ? stop.filter((word) => typeof word === 'string') : undefined;
}
