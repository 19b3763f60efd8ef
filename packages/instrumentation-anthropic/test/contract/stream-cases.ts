import type { Case } from './cases.ts';
import {
  answer,
  ask,
  collect,
  collectAnd,
  completed,
  name,
  streamed,
  tokens,
  usage,
} from './shared.ts';

/** Two pieces of text: three events come before them. */
const SOME = 5;

/** Streams that the application reads itself. */
export const streamCases: readonly Case[] = [
  {
    name: 'stream',
    scripts: [answer],
    run: async (client) => collect(await client.messages.create(streamed)),
    spans: [completed],
  },
  {
    name: 'stream of beta',
    scripts: [answer],
    run: async (client) => collect(await client.beta.messages.create(streamed)),
    spans: [completed],
  },
  {
    name: 'stream with tool calls',
    scripts: [{ toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage }],
    run: async (client) => collect(await client.messages.create(streamed)),
    spans: [{ ...completed, finishReasons: ['tool_call'] }],
  },
  {
    name: 'stream with thinking',
    scripts: [{ ...answer, reasoning: ['Parcels ', 'move.'] }],
    run: async (client) =>
      collect(
        await client.messages.create({
          ...streamed,
          thinking: { type: 'adaptive' },
        }),
      ),
    spans: [completed],
  },
  {
    name: 'the stream has its class, its members and no new ones',
    scripts: [answer],
    async run(client) {
      const stream = await client.messages.create(streamed);
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
    run: async (client) => collect(await client.messages.create(streamed)),
    spans: [completed],
  })),
  {
    name: 'stream with CRLF, in writes of 1 byte',
    scripts: [{ ...answer, crlf: true, writeBytes: 1 }],
    run: async (client) => collect(await client.messages.create(streamed)),
    spans: [completed],
  },
  {
    name: 'break after two pieces',
    scripts: [answer],
    async run(client) {
      const stream = await client.messages.create(streamed);
      const chunks: unknown[] = [];
      for await (const chunk of stream) {
        chunks.push(chunk);
        if (chunks.length === SOME) break;
      }
      return { chunks, aborted: stream.controller.signal.aborted };
    },
    spans: [{ name, outcome: 'cancelled', firstChunk: true }],
  },
  {
    name: 'the reader throws',
    scripts: [answer],
    async run(client) {
      const stream = await client.messages.create(streamed);
      for await (const chunk of stream) throw new Error(`no use for ${chunk.type}`);
    },
    spans: [{ name, outcome: 'cancelled', firstChunk: true }],
  },
  {
    name: 'the reader returns by hand',
    scripts: [answer],
    async run(client) {
      const iterator = (await client.messages.create(streamed))[Symbol.asyncIterator]();
      return [await iterator.next(), await iterator.return?.(), await iterator.next()];
    },
    spans: [{ name, outcome: 'cancelled', firstChunk: true }],
  },
  {
    name: 'stream never read',
    scripts: [answer],
    run: async (client) => {
      const { controller } = await client.messages.create(streamed);
      return controller.signal.aborted;
    },
    spans: [{ name, outcome: 'dropped', atCollection: true }],
  },
  {
    name: 'stream read twice',
    scripts: [answer],
    async run(client) {
      const stream = await client.messages.create(streamed);
      return [await collect(stream), await collect(stream)];
    },
    spans: [completed],
  },
  {
    name: 'abort through the controller',
    scripts: [{ ...answer, fault: { kind: 'hang', afterChunks: 2 } }],
    async run(client) {
      const stream = await client.messages.create(streamed);
      return collectAnd(stream, 3, () => stream.controller.abort());
    },
    spans: [{ name, firstChunk: true, errorType: 'AbortError' }],
  },
  {
    name: 'abort through the signal of the request',
    scripts: [{ ...answer, fault: { kind: 'hang', afterChunks: 2 } }],
    async run(client) {
      const abort = new AbortController();
      const stream = await client.messages.create(streamed, { signal: abort.signal });
      return collectAnd(stream, 3, () => abort.abort());
    },
    spans: [{ name, firstChunk: true, errorType: 'AbortError' }],
  },
  {
    name: 'tee, both halves',
    scripts: [answer],
    async run(client) {
      const stream = await client.messages.create(streamed);
      const halves = stream.tee();
      return {
        classes: halves.map((half) => half.constructor.name),
        chunks: await Promise.all(halves.map((half) => collect(half))),
      };
    },
    spans: [completed],
  },
  {
    name: 'withResponse of a stream',
    scripts: [answer],
    async run(client) {
      const { data, response, request_id } = await client.messages.create(streamed).withResponse();
      return { chunks: await collect(data), response, request_id };
    },
    spans: [completed],
  },
  {
    name: 'asResponse of a stream',
    scripts: [answer],
    async run(client) {
      const response = await client.messages.create(streamed).asResponse();
      return response.text();
    },
    spans: [{ name }],
  },
  {
    name: 'toReadableStream',
    scripts: [answer],
    run: async (client) =>
      new Response((await client.messages.create(streamed)).toReadableStream()).text(),
    spans: [completed],
  },
  {
    name: 'stream with tokens of the cache',
    scripts: [{ ...answer, usage: { ...usage, cacheReadTokens: 6, cacheWriteTokens: 4 } }],
    run: async (client) => collect(await client.messages.create({ ...ask, stream: true })),
    spans: [{ ...completed, tokens }],
  },
];
