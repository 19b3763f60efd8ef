import { vectorOf } from './embedding-vector.ts';
import { textOf, type ModelRequest } from './model-request.ts';
import { tokens } from './resolved-reply.ts';
import { modelOnBedrock } from './bedrock-request.ts';

type Json = Readonly<Record<string, unknown>>;

const DEFAULT_DIMENSIONS = 1024;

/** `/invoke` of a model that embeds: Titan takes one text, Cohere several. */
export function renderBedrockEmbeddings({ body, model }: ModelRequest): {
  readonly body: Json;
  readonly headers: Readonly<Record<string, string>>;
} {
  const texts = Array.isArray(body['texts'])
    ? body['texts'].map(String)
    : [textOf(body['inputText'])];
  const wanted = body['dimensions'] ?? body['output_dimension'];
  const dimensions = typeof wanted === 'number' ? wanted : DEFAULT_DIMENSIONS;
  const vectors = texts.map((text) => Array.from(vectorOf(text, dimensions)));
  const count = texts.reduce((sum, text) => sum + tokens(text), 0);
  const headers = { 'x-amzn-bedrock-input-token-count': String(count) };
  return modelOnBedrock(model).startsWith('cohere.')
    ? {
        headers,
        body: { id: 'embedding-1', response_type: 'embeddings_floats', texts, embeddings: vectors },
      }
    : { headers, body: { embedding: vectors[0], inputTextTokenCount: count } };
}

/** What asks no model: a count of tokens, a guardrail, a call that goes on in the background. */
export function renderBedrockOther({ path, body }: ModelRequest): Json {
  if (path.endsWith('/count-tokens')) return { inputTokens: tokens(JSON.stringify(body['input'])) };
  if (path.endsWith('/apply'))
    return {
      action: 'NONE',
      outputs: [],
      assessments: [],
      usage: {
        topicPolicyUnits: 1,
        contentPolicyUnits: 1,
        wordPolicyUnits: 0,
        sensitiveInformationPolicyUnits: 0,
        sensitiveInformationPolicyFreeUnits: 0,
        contextualGroundingPolicyUnits: 0,
      },
    };
  return { invocationArn: 'arn:aws:bedrock:us-east-1:123456789012:async-invoke/000000000001' };
}
