import type { Case } from './cases.ts';
import {
  answer,
  collect,
  completed,
  hanging,
  left,
  name,
  streamed,
  tokens,
  usage,
  withUsage,
} from './shared.ts';

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}

/** Streams of the chat API, read to their end or not, and aborted. */
export const streamCases: readonly Case[] = [
  {
    name: 'stream',
    scripts: [answer],
    run: async (client) => collect(await client.chat.completions.create(streamed)),
    spans: [{ ...completed, finishReasons: ['stop'] }],
  },
  {
    name: 'stream with usage',
    scripts: [answer],
    run: async (client) => collect(await client.chat.completions.create(withUsage)),
    spans: [{ ...completed, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'stream with tool calls',
    scripts: [{ toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage }],
    run: async (client) => collect(await client.chat.completions.create(withUsage)),
    spans: [{ ...completed, tokens, finishReasons: ['tool_call'] }],
  },
  {
    name: 'the stream has its class, its members and no new ones',
    scripts: [answer],
    async run(client) {
      const stream = await client.chat.completions.create(streamed);
      const facts = {
        keys: Object.keys(stream),
        class: stream.constructor.name,
        aborted: stream.controller.signal.aborted,
      };
      return { ...facts, chunks: await collect(stream) };
    },
    spans: [completed],
  },
  ...[1, 3, 7].map((writeBytes): Case => ({
    name: `stream in writes of ${writeBytes} bytes`,
    scripts: [{ ...answer, text: ['Grüße ', 'aus 東京 ', '🚀'], writeBytes }],
    run: async (client) => collect(await client.chat.completions.create(withUsage)),
    spans: [{ ...completed, tokens }],
  })),
  {
    name: 'stream with CRLF, in writes of 1 byte',
    scripts: [{ ...answer, crlf: true, writeBytes: 1 }],
    run: async (client) => collect(await client.chat.completions.create(withUsage)),
    spans: [{ ...completed, tokens }],
  },
  {
    name: 'break after two chunks',
    scripts: [answer],
    async run(client) {
      const stream = await client.chat.completions.create(streamed);
      const chunks: unknown[] = [];
      for await (const chunk of stream) {
        chunks.push(chunk);
        if (chunks.length === 2) break;
      }
      return { chunks, aborted: stream.controller.signal.aborted };
    },
    spans: [left],
  },
  {
    name: 'the reader throws',
    scripts: [answer],
    async run(client) {
      const stream = await client.chat.completions.create(streamed);
      for await (const chunk of stream) throw new Error(`no use for ${chunk.object}`);
    },
    spans: [left],
  },
  {
    name: 'the reader returns by hand',
    scripts: [answer],
    async run(client) {
      const iterator = (await client.chat.completions.create(streamed))[Symbol.asyncIterator]();
      return [await iterator.next(), await iterator.return?.(), await iterator.next()];
    },
    spans: [left],
  },
  {
    name: 'stream never read',
    scripts: [answer],
    run: async (client) => {
      const { controller } = await client.chat.completions.create(streamed);
      return controller.signal.aborted;
    },
    spans: [{ name, outcome: 'dropped', atCollection: true }],
  },
  {
    name: 'stream read twice',
    scripts: [answer],
    async run(client) {
      const stream = await client.chat.completions.create(streamed);
      return [await collect(stream), await collect(stream)];
    },
    spans: [completed],
  },
  {
    name: 'abort through the controller',
    scripts: [hanging],
    async run(client) {
      const stream = await client.chat.completions.create(streamed);
      const chunks: unknown[] = [];
      for await (const chunk of stream) {
        chunks.push(chunk);
        if (chunks.length === 2) stream.controller.abort();
      }
      return chunks;
    },
    spans: [{ name, firstChunk: true, errorType: 'AbortError' }],
  },
  {
    name: 'abort through the signal of the request',
    scripts: [hanging],
    async run(client) {
      const abort = new AbortController();
      const stream = await client.chat.completions.create(streamed, { signal: abort.signal });
      const chunks: unknown[] = [];
      for await (const chunk of stream) {
        chunks.push(chunk);
        if (chunks.length === 2) abort.abort();
      }
      return chunks;
    },
    spans: [{ name, firstChunk: true, errorType: 'AbortError' }],
  },
  {
    name: 'tee, both halves',
    scripts: [answer],
    async run(client) {
      const stream = await client.chat.completions.create(withUsage);
      const halves = stream.tee();
      return {
        classes: halves.map((half) => half.constructor.name),
        chunks: await Promise.all(halves.map((half) => collect(half))),
      };
    },
    spans: [{ ...completed, tokens }],
  },
  {
    name: 'withResponse of a stream',
    scripts: [answer],
    async run(client) {
      const { data, response, request_id } = await client.chat.completions
        .create(withUsage)
        .withResponse();
      return { chunks: await collect(data), response, request_id };
    },
    spans: [{ ...completed, tokens }],
  },
  {
    name: 'asResponse of a stream',
    scripts: [answer],
    async run(client) {
      const response = await client.chat.completions.create(streamed).asResponse();
      return response.text();
    },
    spans: [{ name }],
  },
  {
    name: 'toReadableStream',
    scripts: [answer],
    run: async (client) =>
      textOf((await client.chat.completions.create(withUsage)).toReadableStream()),
    spans: [{ ...completed, tokens }],
  },
];
