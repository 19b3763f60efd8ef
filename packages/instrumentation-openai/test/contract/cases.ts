import type { ModelScript } from '@llm-otel/testing';
import type { ContractCase } from '@llm-otel/tooling/contract';
import type OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import type { Line } from './lines.ts';
import { plainCases } from './plain-cases.ts';

export type Case = ContractCase<OpenAI, Line, ModelScript>;

const usage = { inputTokens: 12, outputTokens: 5 };
const tokens = [12, 5] as const;
const messages = [{ role: 'user' as const, content: 'Where is my parcel?' }];
const chat = { model: 'gpt-5-mini', messages };
const streamed = { ...chat, stream: true as const };
const withUsage = { ...streamed, stream_options: { include_usage: true } };
const ask = { model: 'gpt-5-mini', input: 'Where is my parcel?' };
const answer: ModelScript = { text: ['On ', 'its ', 'way', '.'], usage };
const name = 'chat gpt-5-mini';
const completed = { name, outcome: 'completed', firstChunk: true } as const;
const Parcel = z.object({ place: z.string() });
const structured: ModelScript = { text: '{"place":"Lyon"}', usage };

const incomplete = { name, outcome: 'failed', errorType: 'incomplete_stream' } as const;
const hanging: ModelScript = { ...answer, fault: { kind: 'hang', afterChunks: 2 } };
const left = { name, outcome: 'cancelled', firstChunk: true } as const;

const track = {
  type: 'function' as const,
  function: {
    name: 'track',
    description: 'where a parcel is',
    parameters: { type: 'object', properties: { id: { type: 'number' } } },
    parse: JSON.parse as (text: string) => { id: number },
    function: ({ id }: { id: number }) => `parcel ${id} is in Lyon`,
  },
};

/** As much as a reader sees who leaves at once. */
async function firstOf<T>(stream: AsyncIterable<T>): Promise<T | undefined> {
  for await (const chunk of stream) return chunk;
  return undefined;
}

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const chunks: T[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}

/** The ordinary calls of an application, each as it is written without any telemetry. */
export const cases: readonly Case[] = [
  {
    name: 'plain',
    scripts: [answer],
    run: (client) => client.chat.completions.create(chat),
    spans: [{ name, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'the promise has its class, its methods and no new ones',
    scripts: [answer],
    async run(client, { line: { classes } }) {
      const promise = client.chat.completions.create(chat);
      const keys = Object.keys(promise);
      const instance = promise instanceof classes.APIPromise && promise instanceof Promise;
      const body = await promise;
      return { keys, instance, again: (await promise) === body };
    },
    spans: [{ name, tokens }],
  },
  {
    name: 'tool calls',
    scripts: [{ toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage }],
    run: (client) => client.chat.completions.create(chat),
    spans: [{ name, tokens, finishReasons: ['tool_call'] }],
  },
  {
    name: 'then, catch and finally',
    scripts: [answer],
    run: async (client) => {
      const order: string[] = [];
      const id = await client.chat.completions
        .create(chat)
        .finally(() => order.push('finally'))
        .then((body) => body.id)
        .catch(() => order.push('catch'));
      return { id, order };
    },
    spans: [{ name, tokens }],
  },
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
    spans: [{ name, outcome: 'cancelled', firstChunk: true }],
  },
  {
    name: 'the reader throws',
    scripts: [answer],
    async run(client) {
      const stream = await client.chat.completions.create(streamed);
      for await (const chunk of stream) throw new Error(`no use for ${chunk.object}`);
    },
    spans: [{ name, outcome: 'cancelled', firstChunk: true }],
  },
  {
    name: 'the reader returns by hand',
    scripts: [answer],
    async run(client) {
      const iterator = (await client.chat.completions.create(streamed))[Symbol.asyncIterator]();
      return [await iterator.next(), await iterator.return?.(), await iterator.next()];
    },
    spans: [{ name, outcome: 'cancelled', firstChunk: true }],
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
    name: 'promise never awaited',
    scripts: [answer],
    async run(client, { answered }) {
      const { constructor } = client.chat.completions.create(chat);
      await answered;
      return constructor.name;
    },
    spans: [{ name, atCollection: true }],
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
    name: 'server cuts the stream',
    scripts: [{ ...answer, fault: { kind: 'cut', afterChunks: 2 } }],
    run: async (client) => collect(await client.chat.completions.create(streamed)),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'UND_ERR_SOCKET' }],
  },
  {
    name: 'error event in the stream',
    scripts: [
      { ...answer, fault: { kind: 'error', afterChunks: 2, error: { type: 'server_error' } } },
    ],
    run: async (client) => collect(await client.chat.completions.create(streamed)),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'server_error' }],
  },
  {
    name: 'stream that ends without its end',
    scripts: [{ ...answer, fault: { kind: 'end', afterChunks: 2 } }],
    run: async (client) => collect(await client.chat.completions.create(streamed)),
    spans: [incomplete],
  },
  {
    name: 'stream that ends before it begins',
    scripts: [{ ...answer, fault: { kind: 'end' } }],
    run: async (client) => collect(await client.chat.completions.create(streamed)),
    spans: [incomplete],
  },
  {
    name: 'malformed event in the stream',
    scripts: [{ ...answer, fault: { kind: 'malformed', afterChunks: 2 } }],
    run: async (client) =>
      collect(await client.chat.completions.create(streamed)).catch(
        (error: unknown) => (error as Error).constructor.name,
      ),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'SyntaxError' }],
  },
  {
    name: 'abort through the controller',
    scripts: [{ ...answer, fault: { kind: 'hang', afterChunks: 2 } }],
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
    scripts: [{ ...answer, fault: { kind: 'hang', afterChunks: 2 } }],
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
    name: 'abort before the answer',
    scripts: [{ fault: { kind: 'hang' } }],
    async run(client) {
      const abort = new AbortController();
      const promise = client.chat.completions.create(chat, { signal: abort.signal });
      queueMicrotask(() => abort.abort());
      return promise;
    },
    spans: [{ name, errorType: 'APIUserAbortError' }],
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
    name: 'withResponse',
    scripts: [answer],
    async run(client) {
      const whole = await client.chat.completions.create(chat).withResponse();
      return { ...whole, url: whole.response.url.endsWith('/chat/completions') };
    },
    spans: [{ name, tokens, finishReasons: ['stop'] }],
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
    name: 'asResponse',
    scripts: [answer],
    async run(client) {
      const response = await client.chat.completions.create(chat).asResponse();
      return { used: response.bodyUsed, body: await response.json() };
    },
    spans: [{ name }],
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
  {
    name: 'parse',
    scripts: [structured],
    run: (client) =>
      client.chat.completions.parse({ ...chat, response_format: zodResponseFormat(Parcel, 'p') }),
    spans: [{ name, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'parse of what is cut short',
    scripts: [{ ...structured, finishReason: 'length' }],
    run: (client) =>
      client.chat.completions.parse({ ...chat, response_format: zodResponseFormat(Parcel, 'p') }),
    spans: [{ name, tokens, finishReasons: ['length'] }],
  },
  {
    name: 'stream helper',
    scripts: [answer],
    async run(client) {
      const events: string[] = [];
      const runner = client.chat.completions
        .stream(withUsage)
        .on('content', (delta) => events.push(delta))
        .on('end', () => events.push('end'));
      const final = await runner.finalChatCompletion();
      return { final, events, usage: await runner.totalUsage() };
    },
    spans: [{ ...completed, tokens }],
  },
  {
    name: 'stream helper, aborted',
    scripts: [{ ...answer, fault: { kind: 'hang', afterChunks: 2 } }],
    async run(client) {
      const runner = client.chat.completions.stream(streamed);
      runner.on('content', () => runner.abort());
      return runner.finalContent();
    },
    spans: [{ name, firstChunk: true, errorType: 'AbortError' }],
  },
  {
    name: 'stream helper, left early',
    scripts: [hanging],
    run: async (client) => firstOf(client.chat.completions.stream(streamed)),
    spans: [left],
  },
  {
    name: 'stream helper, its reader throws',
    scripts: [hanging],
    async run(client) {
      for await (const { object } of client.chat.completions.stream(streamed))
        throw new Error(`no use for ${object}`);
    },
    spans: [left],
  },
  {
    name: 'stream helper, left by hand before it has begun',
    scripts: [hanging],
    async run(client) {
      const runner = client.chat.completions.stream(streamed);
      const { done } = (await runner[Symbol.asyncIterator]().return?.()) ?? {};
      return { done, end: await runner.done().catch((error: Error) => error.constructor.name) };
    },
    spans: [{ name, outcome: 'cancelled' }],
  },
  {
    name: 'stream helper, as a web stream that is cancelled',
    scripts: [hanging],
    async run(client) {
      const reader = client.chat.completions.stream(streamed).toReadableStream().getReader();
      const { done } = await reader.read();
      await reader.cancel();
      return done;
    },
    spans: [left],
  },
  {
    name: 'stream helper, taken back through its controller',
    scripts: [hanging],
    async run(client) {
      const runner = client.chat.completions.stream(streamed);
      runner.on('content', () => runner.controller.abort());
      return runner.finalContent();
    },
    spans: [{ name, firstChunk: true, outcome: 'failed', errorType: 'AbortError' }],
  },
  {
    name: 'stream helper, taken back through the signal of the request',
    scripts: [hanging],
    async run(client) {
      const abort = new AbortController();
      const runner = client.chat.completions.stream(streamed, { signal: abort.signal });
      runner.on('content', () => abort.abort());
      return runner.finalContent();
    },
    spans: [{ name, firstChunk: true, outcome: 'failed', errorType: 'AbortError' }],
  },
  {
    name: 'stream helper, ends without its end',
    scripts: [{ ...answer, fault: { kind: 'end', afterChunks: 2 } }],
    run: (client) => client.chat.completions.stream(streamed).finalContent(),
    spans: [incomplete],
  },
  {
    name: 'tool loop, left early',
    scripts: [hanging],
    run: async (client) =>
      firstOf(client.chat.completions.runTools({ ...streamed, tools: [track] })),
    spans: [left],
  },
  {
    name: 'tool loop',
    scripts: [
      { toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage },
      { text: 'In Lyon.', usage },
    ],
    async run(client) {
      const runner = client.chat.completions.runTools({
        ...chat,
        tools: [track],
      });
      return { final: await runner.finalContent(), messages: runner.messages };
    },
    spans: [
      { name, tokens, finishReasons: ['tool_call'] },
      { name, tokens, finishReasons: ['stop'] },
    ],
  },
  {
    name: '401',
    scripts: [{ error: { status: 401, code: 'invalid_api_key' } }],
    run: (client) => client.chat.completions.create(chat),
    spans: [{ name, errorType: 'invalid_api_key' }],
  },
  {
    name: '429',
    scripts: [{ error: { status: 429, code: 'rate_limit_exceeded' } }],
    run: (client) => client.chat.completions.create(chat),
    spans: [{ name, errorType: 'rate_limit_exceeded' }],
  },
  {
    name: '429 of a stream',
    scripts: [{ error: { status: 429, code: 'rate_limit_exceeded' } }],
    run: async (client) => collect(await client.chat.completions.create(streamed)),
    spans: [{ name, errorType: 'rate_limit_exceeded' }],
  },
  {
    name: '429 with withResponse',
    scripts: [{ error: { status: 429, code: 'rate_limit_exceeded' } }],
    run: (client) => client.chat.completions.create(chat).withResponse(),
    spans: [{ name, errorType: 'rate_limit_exceeded' }],
  },
  {
    name: '500, tried again',
    scripts: [{ error: { status: 500, headers: { 'retry-after-ms': '1' } } }, answer],
    retries: 1,
    run: (client) => client.chat.completions.create(chat),
    spans: [{ name, tokens, retries: 1 }],
  },
  {
    name: 'timeout',
    scripts: [{ fault: { kind: 'hang' } }],
    timeout: 500,
    run: (client) => client.chat.completions.create(chat),
    spans: [{ name, errorType: 'APIConnectionTimeoutError' }],
  },
  {
    name: 'broken body',
    scripts: [{ ...answer, fault: { kind: 'malformed' } }],
    run: (client) =>
      client.chat.completions
        .create(chat)
        .then(null, (error: unknown) => (error as Error).constructor.name),
    spans: [{ name, errorType: 'SyntaxError' }],
  },
  {
    name: 'responses',
    scripts: [answer],
    run: (client) => client.responses.create(ask),
    spans: [{ name, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'responses, stream',
    scripts: [answer],
    run: async (client) => collect(await client.responses.create({ ...ask, stream: true })),
    spans: [{ ...completed, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'responses, stream helper',
    scripts: [answer],
    run: (client) => client.responses.stream(ask).finalResponse(),
    spans: [{ ...completed, tokens }],
  },
  {
    name: 'responses, stream helper that is left early',
    scripts: [hanging],
    run: async (client) => (await firstOf(client.responses.stream(ask)))?.type,
    spans: [left],
  },
  {
    name: 'responses, stream that ends without its end',
    scripts: [{ ...answer, fault: { kind: 'end', afterChunks: 2 } }],
    run: async (client) => collect(await client.responses.create({ ...ask, stream: true })),
    spans: [incomplete],
  },
  {
    name: 'responses, parse',
    scripts: [structured],
    run: (client) =>
      client.responses.parse({ ...ask, text: { format: zodTextFormat(Parcel, 'parcel') } }),
    spans: [{ name, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'responses, tool calls',
    scripts: [{ toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage }],
    run: (client) => client.responses.create(ask),
    spans: [{ name, tokens, finishReasons: ['tool_call'] }],
  },
  {
    name: 'embeddings',
    scripts: [],
    run: (client) =>
      client.embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'] }),
    spans: [{ name: 'embeddings text-embedding-3-small' }],
  },
  {
    name: 'embeddings as floats',
    scripts: [],
    run: (client) =>
      client.embeddings.create({
        model: 'text-embedding-3-small',
        input: 'a',
        encoding_format: 'float',
      }),
    spans: [{ name: 'embeddings text-embedding-3-small' }],
  },
  {
    name: 'another base URL by withOptions',
    scripts: [answer],
    run: (client) => client.withOptions({ timeout: 5000 }).chat.completions.create(chat),
    spans: [{ name, tokens }],
  },
  {
    name: 'what is no model call',
    scripts: [],
    run: async (client) => (await client.models.list()).data,
    spans: [],
  },
  ...plainCases,
];
