import type { Case } from './cases.ts';
import { zodResponseFormat } from 'openai/helpers/zod';
import {
  answer,
  chat,
  completed,
  firstOf,
  hanging,
  incomplete,
  left,
  name,
  Parcel,
  streamed,
  structured,
  tokens,
  usage,
  withUsage,
} from './shared.ts';

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

/** What the client does around a call of the chat API: structured output, accumulated messages, tools. */
export const helperCases: readonly Case[] = [
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
    scripts: [hanging],
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
];
