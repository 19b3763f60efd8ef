import { vectorOf } from './embedding-vector.ts';
import { textOf } from './model-request.ts';
import type { ModelRequest } from './model-request.ts';

const DEFAULT_DIMENSIONS = 1536;
const CHARACTERS_PER_TOKEN = 4;

/** OpenAI's `POST /v1/embeddings`: the same text has the same vector in every run, of length 1. */
export function renderEmbeddings({ body, model }: ModelRequest): Readonly<Record<string, unknown>> {
  const input = body['input'];
  // A list of numbers is one text that was cut into tokens already.
  const texts = Array.isArray(input) && typeof input[0] !== 'number' ? input : [input];
  const dimensions = (body['dimensions'] as number | undefined) ?? DEFAULT_DIMENSIONS;
  const tokens = texts.reduce<number>(
    (sum, text) => sum + Math.max(1, Math.ceil(keyOf(text).length / CHARACTERS_PER_TOKEN)),
    0,
  );
  return {
    object: 'list',
    data: texts.map((text, index) => {
      const vector = vectorOf(keyOf(text), dimensions);
      const embedding = body['encoding_format'] === 'base64' ? base64(vector) : Array.from(vector);
      return { object: 'embedding', index, embedding };
    }),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

function keyOf(text: unknown): string {
  return textOf(text) || JSON.stringify(text);
}

function base64(vector: Float32Array): string {
  return Buffer.from(vector.buffer).toString('base64');
}
