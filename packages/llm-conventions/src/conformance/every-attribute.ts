import type { SpanAttributes } from '../typed-attributes.ts';

const tokensByModality = {
  'gen_ai.usage.text.input_tokens': 20,
  'gen_ai.usage.image.input_tokens': 20,
  'gen_ai.usage.audio.input_tokens': 20,
  'gen_ai.usage.text.output_tokens': 10,
  'gen_ai.usage.image.output_tokens': 10,
  'gen_ai.usage.audio.output_tokens': 10,
  'gen_ai.usage.text.cache_read.input_tokens': 10,
  'gen_ai.usage.image.cache_read.input_tokens': 10,
  'gen_ai.usage.audio.cache_read.input_tokens': 10,
} as const;

const fromOpenAi = {
  'openai.api.type': 'responses',
  'openai.response.service_tier': 'default',
} as const;

const inference = {
  ...tokensByModality,
  'gen_ai.conversation.compacted': true,
  'gen_ai.prompt.variable.city': 'Bern',
} as const;

/** Attributes that requests have no field for, one value for each. */
export const SPAN_FACTS: {
  readonly inference: SpanAttributes<'gen_ai.client.inference'>;
  readonly openAi: SpanAttributes<'openai.gen_ai.client.inference'>;
  readonly azure: SpanAttributes<'azure.ai.inference.gen_ai.client.inference'>;
  readonly bedrock: SpanAttributes<'aws.bedrock.gen_ai.client.inference'>;
  readonly fetchFromOpenAi: SpanAttributes<'openai.fetch_response.client'>;
  readonly invokedAgent: SpanAttributes<'gen_ai.invoke_agent.client'>;
} = {
  inference,
  openAi: {
    ...inference,
    ...fromOpenAi,
    'openai.request.service_tier': 'default',
    'openai.response.system_fingerprint': 'fp_1',
  },
  azure: { ...inference, 'azure.resource_provider.namespace': 'Microsoft.CognitiveServices' },
  bedrock: {
    ...inference,
    'aws.bedrock.guardrail.id': 'g-1',
    'aws.bedrock.knowledge_base.id': 'kb-1',
  },
  fetchFromOpenAi: fromOpenAi,
  invokedAgent: tokensByModality,
};
