import type { Case } from './cases.ts';
import { answer, ask, collect, collectAnd, completed, name, tokens, usage } from './shared.ts';

const hanging = { ...answer, fault: { kind: 'hang', afterChunks: 2 } } as const;
const cancelled = { name, outcome: 'cancelled', firstChunk: true } as const;

/** Streams that the application reads itself. */
export const streamCases: readonly Case[] = [
  {
    name: 'stream',
    scripts: [answer],
    run: async (client) => collect(await client.models.generateContentStream(ask)),
    spans: [completed],
  },
  {
    name: 'stream with tool calls',
    scripts: [{ toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage }],
    run: async (client) => collect(await client.models.generateContentStream(ask)),
    spans: [completed],
  },
  {
    name: 'stream with thinking',
    scripts: [
      { ...answer, reasoning: ['Parcels ', 'move.'], usage: { ...usage, reasoningTokens: 2 } },
    ],
    run: async (client) => collect(await client.models.generateContentStream(ask)),
    spans: [completed],
  },
  {
    name: 'stream with tokens of the cache',
    scripts: [{ ...answer, usage: { ...usage, cacheReadTokens: 6 } }],
    run: async (client) => collect(await client.models.generateContentStream(ask)),
    spans: [completed],
  },
  {
    name: 'stream of a prompt that is blocked',
    scripts: [{ finishReason: 'content_filter', usage }],
    run: async (client) => collect(await client.models.generateContentStream(ask)),
    spans: [{ name, outcome: 'completed', finishReasons: ['content_filter'] }],
  },
  {
    name: 'the generator has its class, its members and no new ones',
    scripts: [answer],
    async run(client) {
      const stream = await client.models.generateContentStream(ask);
      const facts = {
        keys: Object.keys(stream),
        symbols: Object.getOwnPropertySymbols(stream).map(String),
        kind: Object.prototype.toString.call(stream),
        own: stream[Symbol.asyncIterator]() === stream,
        kept: Object.values(Object.getOwnPropertyDescriptors(stream)).map(
          ({ enumerable, writable, configurable }) => [enumerable, writable, configurable],
        ),
      };
      return { ...facts, chunks: await collect(stream) };
    },
    spans: [completed],
  },
  ...[1, 3, 7].map((writeBytes): Case => ({
    name: `stream in writes of ${writeBytes} bytes`,
    scripts: [{ ...answer, text: ['Grüße ', 'aus 東京 ', '🚀'], writeBytes }],
    run: async (client) => collect(await client.models.generateContentStream(ask)),
    spans: [completed],
  })),
  {
    name: 'stream with CRLF, in writes of 1 byte',
    scripts: [{ ...answer, crlf: true, writeBytes: 1 }],
    run: async (client) => collect(await client.models.generateContentStream(ask)),
    spans: [completed],
  },
  {
    name: 'break after two pieces',
    scripts: [answer],
    async run(client) {
      const chunks: unknown[] = [];
      for await (const chunk of await client.models.generateContentStream(ask)) {
        chunks.push(chunk);
        if (chunks.length === 2) break;
      }
      return chunks;
    },
    spans: [cancelled],
  },
  {
    name: 'the reader throws',
    scripts: [answer],
    async run(client) {
      for await (const chunk of await client.models.generateContentStream(ask))
        throw new Error(`no use for ${chunk.text}`);
    },
    spans: [cancelled],
  },
  {
    name: 'the reader returns by hand',
    scripts: [answer],
    async run(client) {
      const stream = await client.models.generateContentStream(ask);
      return [await stream.next(), await stream.return('enough'), await stream.next()];
    },
    spans: [cancelled],
  },
  {
    name: 'the reader throws by hand',
    scripts: [answer],
    async run(client) {
      const stream = await client.models.generateContentStream(ask);
      const first = await stream.next();
      const thrown = await stream.throw(new Error('enough')).catch((error: unknown) => error);
      return [first, thrown, await stream.next()];
    },
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'Error' }],
  },
  {
    name: 'returned before it is read',
    scripts: [answer],
    async run(client) {
      const stream = await client.models.generateContentStream(ask);
      return [await stream.return(undefined), await stream.next()];
    },
    spans: [{ name, outcome: 'cancelled' }],
  },
  {
    name: 'several steps at once',
    scripts: [answer],
    async run(client) {
      const stream = await client.models.generateContentStream(ask);
      return Promise.all(Array.from({ length: 8 }, () => stream.next()));
    },
    spans: [completed],
  },
  {
    name: 'stream never read',
    scripts: [answer],
    run: async (client) => typeof (await client.models.generateContentStream(ask)),
    spans: [{ name, outcome: 'dropped', atCollection: true }],
  },
  {
    name: 'stream left after a chunk, and dropped',
    scripts: [answer],
    run: async (client) => (await client.models.generateContentStream(ask)).next(),
    spans: [{ name, outcome: 'dropped', firstChunk: true, atCollection: true }],
  },
  {
    name: 'stream read twice',
    scripts: [answer],
    async run(client) {
      const stream = await client.models.generateContentStream(ask);
      return [await collect(stream), await collect(stream)];
    },
    spans: [completed],
  },
  {
    name: 'abort while the reader waits',
    scripts: [hanging],
    async run(client) {
      const abort = new AbortController();
      const stream = await client.models.generateContentStream({
        ...ask,
        config: { abortSignal: abort.signal },
      });
      return collectAnd(stream, 2, () => abort.abort());
    },
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'AbortError' }],
  },
  {
    name: 'abort while nobody reads',
    scripts: [hanging],
    async run(client) {
      const abort = new AbortController();
      const stream = await client.models.generateContentStream({
        ...ask,
        config: { abortSignal: abort.signal },
      });
      const first = await stream.next();
      abort.abort();
      return first;
    },
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'AbortError' }],
  },
  {
    name: 'through a ReadableStream',
    scripts: [answer],
    run: async (client) =>
      collect(ReadableStream.from(await client.models.generateContentStream(ask))),
    spans: [completed],
  },
  {
    name: 'tokens and reason come late',
    scripts: [{ text: ['a ', 'b ', 'c'], usage, finishReason: 'length' }],
    run: async (client) => collect(await client.models.generateContentStream(ask)),
    spans: [{ name, outcome: 'completed', tokens, finishReasons: ['length'] }],
  },
];
