import type { ConverseStreamCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import type { Case } from './cases.ts';
import { answer, ask, collect, collectAnd, completed, name, usage } from './shared.ts';

/** Streams that the application reads. */
export const streamCases: readonly Case[] = [
  {
    name: 'stream',
    scripts: [answer],
    async run(client, { line }) {
      const output = await client.send(new line.library.ConverseStreamCommand(ask));
      return { members: Object.keys(output), events: await collect(output.stream) };
    },
    spans: [completed],
  },
  {
    name: 'stream, with a callback',
    scripts: [answer],
    run: (client) =>
      new Promise((resolve) => {
        client.converseStream(ask, (error: unknown, output?: ConverseStreamCommandOutput) =>
          resolve(error ?? collect(output?.stream)),
        );
      }),
    spans: [completed],
  },
  {
    name: 'the stream has its class, its members and no new ones',
    scripts: [answer],
    async run(client) {
      const { stream } = await client.converseStream(ask);
      return {
        keys: Reflect.ownKeys(stream ?? {}).filter((key) => typeof key === 'string'),
        listed: Object.keys(stream ?? {}),
        class: stream?.constructor.name,
        events: await collect(stream),
      };
    },
    spans: [completed],
  },
  {
    name: 'stream with tool calls',
    scripts: [{ toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage }],
    run: async (client) => collect((await client.converseStream(ask)).stream),
    spans: [{ ...completed, finishReasons: ['tool_call'] }],
  },
  {
    name: 'stream with thinking',
    scripts: [{ ...answer, reasoning: ['Parcels ', 'move.'] }],
    run: async (client) => collect((await client.converseStream(ask)).stream),
    spans: [completed],
  },
  {
    name: 'stream with tokens of the cache',
    scripts: [{ ...answer, usage: { ...usage, cacheReadTokens: 6, cacheWriteTokens: 4 } }],
    run: async (client) => collect((await client.converseStream(ask)).stream),
    spans: [completed],
  },
  ...[1, 3, 7].map((writeBytes): Case => ({
    name: `stream in writes of ${writeBytes} bytes`,
    scripts: [{ ...answer, text: ['Grüße ', 'aus 東京 ', '🚀'], writeBytes }],
    run: async (client) => collect((await client.converseStream(ask)).stream),
    spans: [completed],
  })),
  {
    name: 'break after two pieces',
    scripts: [answer],
    async run(client) {
      const { stream } = await client.converseStream(ask);
      const events: unknown[] = [];
      for await (const event of stream ?? []) {
        events.push(event);
        if (events.length === 3) break;
      }
      return events;
    },
    spans: [{ name, outcome: 'cancelled', firstChunk: true }],
  },
  {
    name: 'the reader throws',
    scripts: [answer],
    async run(client) {
      const { stream } = await client.converseStream(ask);
      for await (const event of stream ?? [])
        throw new Error(`no use for ${Object.keys(event).join(' ')}`);
    },
    spans: [{ name, outcome: 'cancelled', firstChunk: true }],
  },
  {
    name: 'the reader returns by hand',
    scripts: [answer],
    async run(client) {
      const { stream } = await client.converseStream(ask);
      const iterator = stream?.[Symbol.asyncIterator]();
      return [await iterator?.next(), await iterator?.return?.(), await iterator?.next()];
    },
    spans: [{ name, outcome: 'cancelled', firstChunk: true }],
  },
  {
    name: 'stream never read',
    scripts: [answer],
    run: async (client) => typeof (await client.converseStream(ask)).stream,
    spans: [{ name, outcome: 'dropped', atCollection: true }],
  },
  {
    name: 'stream read twice',
    scripts: [answer],
    async run(client) {
      const { stream } = await client.converseStream(ask);
      const first = await collect(stream);
      const again = await collect(stream).catch((error: unknown) => error);
      return { first, again };
    },
    spans: [completed],
  },
  {
    name: 'abort in the middle of a stream',
    scripts: [{ ...answer, fault: { kind: 'hang', afterChunks: 2 } }],
    async run(client, { line }) {
      const abort = new AbortController();
      const { stream } = await client.send(new line.library.ConverseStreamCommand(ask), {
        abortSignal: abort.signal,
      });
      return collectAnd(stream, 3, () => abort.abort());
    },
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'AbortError' }],
    spansOn: ({ library }) =>
      'ApplyGuardrailCommand' in library ? undefined : [{ name, errorType: 'ECONNRESET' }],
  },
  {
    name: 'the client is destroyed in the middle of a stream',
    scripts: [{ ...answer, fault: { kind: 'hang', afterChunks: 2 } }],
    // Over HTTP/2 the reader waits on.
    on: ({ isHttp2 }) => !isHttp2,
    async run(client) {
      const { stream } = await client.converseStream(ask);
      return collectAnd(stream, 3, () => client.destroy());
    },
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'ECONNRESET' }],
  },
];
