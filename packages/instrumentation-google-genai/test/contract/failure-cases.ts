import type { Case } from './cases.ts';
import { answer, ask, collect, completed, done, incomplete, model, name } from './shared.ts';

/** What goes wrong at the server, on the way and in time. */
export const failureCases: readonly Case[] = [
  ...(
    [
      [400, 'INVALID_ARGUMENT'],
      [401, 'UNAUTHENTICATED'],
      [429, 'RESOURCE_EXHAUSTED'],
      [503, 'UNAVAILABLE'],
    ] as const
  ).map(([status, errorType]): Case => ({
    name: String(status),
    scripts: [{ error: { status } }],
    run: (client) => client.models.generateContent(ask),
    spans: [{ name, errorType }],
  })),
  {
    name: 'the error is that of the client',
    scripts: [{ error: { status: 429 } }],
    on: ({ isFirst }) => !isFirst,
    run: (client, { line }) =>
      client.models
        .generateContent(ask)
        .catch((error: unknown) => [error instanceof line.ApiError, error]),
    spans: [{ name, errorType: 'RESOURCE_EXHAUSTED' }],
  },
  {
    name: '429 of a stream',
    scripts: [{ error: { status: 429 } }],
    run: async (client) => collect(await client.models.generateContentStream(ask)),
    spans: [{ name, errorType: 'RESOURCE_EXHAUSTED' }],
  },
  {
    name: '429 of embeddings',
    scripts: [{ when: ({ api }) => api === 'embed_content', error: { status: 429 } }],
    run: (client) => client.models.embedContent({ model: 'gemini-embedding-001', contents: 'one' }),
    spans: [{ name: 'embeddings gemini-embedding-001', errorType: 'RESOURCE_EXHAUSTED' }],
  },
  {
    name: '500, tried again',
    scripts: [{ error: { status: 500 } }, answer],
    on: ({ isRecent }) => isRecent,
    retries: 1,
    run: (client) => client.models.generateContent(ask),
    spans: [{ ...done, retries: 1 }],
  },
  {
    name: '500 of a stream, tried again',
    scripts: [{ error: { status: 500 } }, answer],
    on: ({ isRecent }) => isRecent,
    retries: 1,
    run: async (client) => collect(await client.models.generateContentStream(ask)),
    spans: [{ ...completed, retries: 1 }],
  },
  {
    name: '500, tried again in vain',
    scripts: [{ error: { status: 500 }, times: 3 }],
    on: ({ isRecent }) => isRecent,
    retries: 2,
    run: (client) => client.models.generateContent(ask),
    spans: [{ name, errorType: 'INTERNAL', retries: 2 }],
  },
  {
    name: 'timeout',
    scripts: [{ fault: { kind: 'hang' } }],
    timeout: 500,
    run: (client) => client.models.generateContent(ask),
    spans: [{ name, errorType: 'AbortError' }],
    spansOn: ({ isFirst }) => (isFirst ? [{ name, errorType: 'Error' }] : undefined),
  },
  {
    name: 'abort before the answer',
    scripts: [{ fault: { kind: 'hang' } }],
    async run(client) {
      const abort = new AbortController();
      const promise = client.models.generateContent({
        ...ask,
        config: { abortSignal: abort.signal },
      });
      queueMicrotask(() => abort.abort());
      return promise;
    },
    spans: [{ name, errorType: 'AbortError' }],
    spansOn: ({ isFirst }) => (isFirst ? [{ name, errorType: 'Error' }] : undefined),
  },
  {
    name: 'no connection',
    scripts: [{ fault: { kind: 'cut' } }],
    run: (client) => client.models.generateContent(ask),
    spans: [{ name, errorType: 'UND_ERR_SOCKET' }],
    spansOn: ({ isFirst }) => (isFirst ? [{ name, errorType: 'Error' }] : undefined),
  },
  {
    name: 'server cuts the stream',
    scripts: [{ ...answer, fault: { kind: 'cut', afterChunks: 2 } }],
    run: async (client) => collect(await client.models.generateContentStream(ask)),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'UND_ERR_SOCKET' }],
  },
  {
    name: 'error event in the stream',
    scripts: [{ ...answer, fault: { kind: 'error', afterChunks: 2, error: { status: 503 } } }],
    run: async (client) => collect(await client.models.generateContentStream(ask)),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'UNAVAILABLE' }],
    // Up to 2.30 the client passes over it, so that nobody can see it.
    spansOn: ({ isRecent }) => (isRecent ? undefined : [incomplete]),
  },
  {
    name: 'stream that ends without its end',
    scripts: [{ ...answer, fault: { kind: 'end', afterChunks: 2 } }],
    run: async (client) => collect(await client.models.generateContentStream(ask)),
    spans: [incomplete],
  },
  {
    name: 'chat, whose stream ends without its end',
    scripts: [{ ...answer, fault: { kind: 'end', afterChunks: 2 } }],
    run: async (client) =>
      collect(await client.chats.create({ model }).sendMessageStream({ message: 'where?' })),
    spans: [incomplete],
  },
  {
    name: 'broken event in the stream',
    scripts: [{ ...answer, fault: { kind: 'malformed', afterChunks: 1 } }],
    run: async (client) => collect(await client.models.generateContentStream(ask)),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'SyntaxError' }],
  },
  {
    name: 'broken body',
    scripts: [{ ...answer, fault: { kind: 'malformed' } }],
    run: (client) =>
      client.models
        .generateContent(ask)
        .then(null, (error: unknown) => (error as Error).constructor.name),
    spans: [{ name, errorType: 'SyntaxError' }],
  },
  {
    name: 'parameters the client refuses',
    scripts: [],
    run: (client) => client.models.generateContent({ ...ask, model: '' }),
    spans: [{ name: 'generate_content', errorType: 'Error' }],
  },
];
