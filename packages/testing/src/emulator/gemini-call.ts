import type { GeminiApi } from './model-request.ts';

/** What the path of a request to Google's API says. */
export interface GeminiCall {
  readonly api: GeminiApi;
  /** Absent where the body has it. */
  readonly model?: string;
  readonly stream?: boolean;
}

// Of the Gemini API, and of Vertex AI with a project or without one.
const METHOD =
  /^\/v1(?:beta1?)?\/(?:projects\/[^/]+\/locations\/[^/]+\/)?(?:publishers\/[^/]+\/)?models\/([^/:]+):(\w+)$/;

const apis: Readonly<Record<string, GeminiApi>> = {
  generateContent: 'generate_content',
  streamGenerateContent: 'generate_content',
  embedContent: 'embed_content',
  batchEmbedContents: 'embed_content',
  // Embeddings of older models on Vertex AI.
  predict: 'embed_content',
  countTokens: 'count_content_tokens',
};

const INTERACTIONS = /^\/v1(?:beta1?)?\/(?:projects\/[^/]+\/locations\/[^/]+\/)?interactions$/;

/** Undefined where it is another API, or another method of this one. */
export function geminiCallOf(method: string | undefined, path: string): GeminiCall | undefined {
  if (method === 'POST' && INTERACTIONS.test(path)) return { api: 'interactions' };
  const [, model = '', name = ''] = METHOD.exec(path) ?? [];
  const api = apis[name];
  return method === 'POST' && api !== undefined
    ? { api, model, stream: name === 'streamGenerateContent' }
    : undefined;
}
