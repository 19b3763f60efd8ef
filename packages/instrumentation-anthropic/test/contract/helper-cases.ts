import type Anthropic from '@anthropic-ai/sdk';
import type { ModelScript } from '@llm-otel/testing';
import type { Case } from './cases.ts';
import { answer, ask, collect, completed, incomplete, name, tokens, usage } from './shared.ts';

const hanging: ModelScript = { ...answer, fault: { kind: 'hang', afterChunks: 2 } };
const left = { name, outcome: 'cancelled', firstChunk: true } as const;
const structured: ModelScript = { text: '{"place":"Lyon"}', usage };

/** Structured output as a schema and a function that reads it: what the helper for zod makes of one. */
const format = {
  type: 'json_schema' as const,
  schema: {
    type: 'object',
    properties: { place: { type: 'string' } },
    required: ['place'],
    additionalProperties: false,
  },
  parse: (text: string) => JSON.parse(text) as { place: string },
};

const track = {
  name: 'track',
  description: 'where a parcel is',
  input_schema: { type: 'object' as const, properties: { id: { type: 'number' } } },
  parse: (input: unknown) => input as { id: number },
  run: ({ id }: { id: number }) => `parcel ${id} is in Lyon`,
};

const toolScripts: readonly ModelScript[] = [
  { toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage },
  { text: 'In Lyon.', usage },
];

/** A loop that streams each of its answers. */
function streamedLoop(client: Anthropic): AsyncIterable<AsyncIterable<{ type: string }>> {
  const tools = [track] as never;
  return client.beta.messages.toolRunner({ ...ask, stream: true, tools }) as never;
}

/** What the client does around a call: accumulated messages, structured output, tools. */
export const helperCases: readonly Case[] = [
  {
    name: 'stream helper',
    scripts: [answer],
    async run(client) {
      const events: unknown[] = [];
      const stream = client.messages
        .stream(ask)
        .on('text', (delta, snapshot) => events.push(['text', delta, snapshot]))
        .on('message', ({ id }) => events.push(['message', id]))
        .on('end', () => events.push('end'));
      return { final: await stream.finalMessage(), text: await stream.finalText(), events };
    },
    spans: [completed],
  },
  {
    name: 'stream helper of beta',
    scripts: [answer],
    run: (client) => client.beta.messages.stream(ask).finalMessage(),
    spans: [completed],
  },
  {
    name: 'stream helper, its events read',
    scripts: [answer],
    run: (client) => collect(client.messages.stream(ask)),
    spans: [completed],
  },
  {
    name: 'stream helper with tool calls',
    scripts: [{ toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage }],
    run: (client) => client.messages.stream(ask).finalMessage(),
    spans: [{ ...completed, finishReasons: ['tool_call'] }],
  },
  {
    name: 'stream helper, aborted',
    scripts: [{ ...answer, fault: { kind: 'hang', afterChunks: 2 } }],
    async run(client) {
      const stream = client.messages.stream(ask);
      stream.on('text', () => stream.abort());
      return stream.finalText();
    },
    spans: [{ name, firstChunk: true, errorType: 'AbortError' }],
  },
  {
    name: 'stream helper, left early',
    scripts: [hanging],
    async run(client) {
      const types: string[] = [];
      for await (const { type } of client.messages.stream(ask)) {
        types.push(type);
        if (type === 'content_block_delta') break;
      }
      return types;
    },
    spans: [left],
  },
  {
    name: 'stream helper, its reader throws',
    scripts: [hanging],
    async run(client) {
      for await (const { type } of client.messages.stream(ask))
        throw new Error(`no use for ${type}`);
    },
    spans: [left],
  },
  {
    name: 'stream helper, left by hand before it has begun',
    scripts: [hanging],
    async run(client) {
      const stream = client.messages.stream(ask);
      const { done } = (await stream[Symbol.asyncIterator]().return?.()) ?? {};
      return { done, end: await stream.done().catch((error: Error) => error.constructor.name) };
    },
    spans: [{ name, outcome: 'cancelled' }],
  },
  {
    name: 'stream helper, taken back through its controller',
    scripts: [hanging],
    async run(client) {
      const stream = client.messages.stream(ask);
      stream.on('text', () => stream.controller.abort());
      return stream.finalText();
    },
    spans: [{ name, firstChunk: true, errorType: 'AbortError' }],
  },
  {
    name: 'stream helper, ends without its end',
    scripts: [{ ...answer, fault: { kind: 'end', afterChunks: 2 } }],
    run: (client) => client.messages.stream(ask).finalMessage(),
    spans: [incomplete],
  },
  {
    name: 'stream helper of beta, left early',
    scripts: [hanging],
    async run(client) {
      for await (const { type } of client.beta.messages.stream(ask)) return type;
      return undefined;
    },
    spans: [left],
  },
  {
    name: 'stream helper withResponse',
    scripts: [answer],
    async run(client) {
      const { data, request_id, response } = await client.messages.stream(ask).withResponse();
      return { final: await data.finalMessage(), request_id, response };
    },
    spans: [completed],
  },
  {
    name: 'stream helper, 429',
    scripts: [{ error: { status: 429 } }],
    run: (client) => client.messages.stream(ask).finalMessage(),
    spans: [{ name, errorType: 'rate_limit_error' }],
  },
  {
    name: 'stream helper, error event',
    scripts: [
      { ...answer, fault: { kind: 'error', afterChunks: 2, error: { type: 'overloaded_error' } } },
    ],
    run: (client) => client.messages.stream(ask).finalMessage(),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'overloaded_error' }],
  },
  {
    name: 'parse',
    scripts: [structured],
    run: (client) => client.messages.parse({ ...ask, output_config: { format } }),
    spans: [{ name, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'parse of beta',
    scripts: [structured],
    run: (client) => client.beta.messages.parse({ ...ask, output_config: { format } }),
    spans: [{ name, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'parse of what is no JSON',
    scripts: [{ text: 'not JSON', usage }],
    run: (client) => client.messages.parse({ ...ask, output_config: { format } }),
    spans: [{ name, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'structured output through the stream helper',
    scripts: [structured],
    run: (client) => client.messages.stream({ ...ask, output_config: { format } }).finalMessage(),
    spans: [completed],
  },
  {
    name: 'tool loop',
    scripts: toolScripts,
    async run(client) {
      const runner = client.beta.messages.toolRunner({ ...ask, tools: [track] as never });
      const message = await runner;
      return { message, messages: runner.params.messages };
    },
    spans: [
      { name, tokens, finishReasons: ['tool_call'] },
      { name, tokens, finishReasons: ['stop'] },
    ],
  },
  {
    name: 'tool loop, streamed and left early',
    scripts: [hanging],
    async run(client) {
      const types: string[] = [];
      for await (const stream of streamedLoop(client))
        for await (const { type } of stream) {
          types.push(type);
          if (type === 'content_block_delta') return types;
        }
      return types;
    },
    spans: [left],
  },
  {
    name: 'tool loop, streamed and left with its answer',
    scripts: [hanging],
    async run(client) {
      for await (const stream of streamedLoop(client)) return stream.constructor.name;
      return undefined;
    },
    spans: [{ name, outcome: 'cancelled' }],
  },
  {
    name: 'tool loop, streamed',
    scripts: toolScripts,
    async run(client) {
      const texts: unknown[] = [];
      for await (const stream of streamedLoop(client))
        texts.push((await collect(stream)).map(({ type }) => type));
      return texts;
    },
    spans: [
      { name, tokens, firstChunk: true, finishReasons: ['tool_call'] },
      { name, tokens, firstChunk: true, finishReasons: ['stop'] },
    ],
  },
];
