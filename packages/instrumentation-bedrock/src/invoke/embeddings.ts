import {
  readList,
  readMember,
  readNumber,
  readString,
  type StartedCall,
} from '@llm-otel/llm-conventions/client';
import type { HandlerResult } from '../client-shape.ts';
import type { Observation } from '../observed-commands.ts';
import type { Server } from '../server-of-request.ts';
import { countsOfHeaders } from './header-counts.ts';
import { jsonBody } from './json-body.ts';

/** Whether a model is asked for vectors: by its id, or where that is an ARN that tells nothing, by what only those are asked. */
export function isEmbedding(modelId: string, body: unknown): boolean {
  if (/embed|marengo/.test(modelId)) return true;
  return ONLY_THERE.some((key) => readMember(body, key) !== undefined);
}

// Titan, Titan for images, Cohere, Nova.
const ONLY_THERE = [
  'embeddingTypes',
  'embeddingConfig',
  'embedding_types',
  'singleEmbeddingParams',
];

export function startEmbeddings(
  input: unknown,
  body: unknown,
  server: Server,
  { genAi }: Pick<Observation, 'genAi'>,
): StartedCall {
  const formats = [...readList(body, 'embeddingTypes'), ...readList(body, 'embedding_types')];
  const call = genAi.startEmbeddings({
    ...server,
    model: readString(input, 'modelId'),
    encodingFormats: formats.length === 0 ? undefined : formats.map(String),
    dimensions: dimensionsAsked(body),
  });
  return {
    span: call.span,
    context: call.context,
    parsed(result) {
      const { output, response } = result as HandlerResult;
      const answer = jsonBody(readMember(output, 'body'), false);
      call.recordResponse({
        inputTokens:
          readNumber(answer, 'inputTextTokenCount') ?? countsOfHeaders(response)?.inputTokens,
        dimensions: dimensionsOf(answer),
        serviceTier: readString(output, 'serviceTier'),
      });
      call.end();
    },
    end: () => call.end(),
    fail: (error) => call.fail(error),
  };
}

function dimensionsAsked(body: unknown): number | undefined {
  return (
    readNumber(body, 'dimensions') ??
    readNumber(body, 'output_dimension') ??
    readNumber(readMember(body, 'embeddingConfig'), 'outputEmbeddingLength') ??
    readNumber(readMember(body, 'singleEmbeddingParams'), 'embeddingDimension')
  );
}

/** One vector (Titan), several (Cohere), or some for each encoding; packed bits are fewer numbers than dimensions. */
function dimensionsOf(answer: unknown): number | undefined {
  const embeddings = readMember(answer, 'embeddings');
  const vector = [
    readMember(answer, 'embedding'),
    readMember(embeddings, 0),
    readMember(readMember(embeddings, 0), 'embedding'),
    readMember(readMember(embeddings, 'float'), 0),
  ].find((value) => Array.isArray(value) && typeof value[0] === 'number');
  return Array.isArray(vector) ? vector.length : undefined;
}
