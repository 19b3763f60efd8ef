import { vectorOf } from './embedding-vector.ts';
import { type ModelRequest, textOf } from './model-request.ts';

import { tokens } from './resolved-reply.ts';

type Json = Readonly<Record<string, unknown>>;

const DEFAULT_DIMENSIONS = 3072;

/** Google's `POST …:embedContent` and `:batchEmbedContents`, and `:predict` of Vertex AI. */
export function renderContentEmbeddings({ body, path }: Pick<ModelRequest, 'body' | 'path'>): Json {
  if (path.endsWith(':predict')) {
    const dimensions = dimensionsOf(body['parameters']);
    return {
      predictions: listOf(body['instances']).map((instance) => {
        const text = textOf(instance);
        const statistics = { token_count: tokens(text), truncated: false };
        return { embeddings: { values: valuesOf(text, dimensions), statistics } };
      }),
    };
  }
  if (path.endsWith(':embedContent')) {
    const text = textOf(body['content']);
    const dimensions = dimensionsOf(body['embedContentConfig'] ?? body);
    return {
      embedding: { values: valuesOf(text, dimensions) },
      usageMetadata: { promptTokenCount: tokens(text) },
    };
  }
  return {
    embeddings: listOf(body['requests']).map((request) => ({
      values: valuesOf(textOf(request), dimensionsOf(request)),
    })),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function dimensionsOf(options: unknown): number {
  const { outputDimensionality } = Object(options) as { readonly outputDimensionality?: unknown };
  return typeof outputDimensionality === 'number' ? outputDimensionality : DEFAULT_DIMENSIONS;
}

function valuesOf(text: string, dimensions: number): number[] {
  return Array.from(vectorOf(text, dimensions));
}
