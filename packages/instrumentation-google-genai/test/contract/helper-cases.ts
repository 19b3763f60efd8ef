import type { CallableTool } from '@google/genai';
import type { ModelScript } from '@llm-otel/testing';
import type { Case } from './cases.ts';
import { answer, ask, collect, completed, done, model, name, usage } from './shared.ts';

const toolScripts: readonly ModelScript[] = [
  { toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage },
  { text: 'In Lyon.', usage },
];

/** A tool that the client calls by itself. */
const track: CallableTool = {
  tool: () => Promise.resolve({ functionDeclarations: [{ name: 'track' }] }),
  callTool: (calls) =>
    Promise.resolve(
      calls.map((call) => ({
        functionResponse: {
          name: 'track',
          response: { output: `${String(call.args?.['id'])}: Lyon` },
        },
      })),
    ),
};

const lost: CallableTool = { ...track, callTool: () => Promise.reject(new Error('lost')) };

/** What the client does around a call: chats, and tools that it calls by itself. */
export const helperCases: readonly Case[] = [
  {
    name: 'chat',
    scripts: [answer, { ...answer }],
    async run(client) {
      const chat = client.chats.create({ model });
      const first = await chat.sendMessage({ message: 'Hello' });
      const second = await chat.sendMessage({ message: 'Where is my parcel?' });
      return { first, second, history: chat.getHistory() };
    },
    spans: [done, done],
  },
  {
    name: 'chat, streamed',
    scripts: [answer, { ...answer }],
    async run(client) {
      const chat = client.chats.create({ model });
      const chunks = await collect(await chat.sendMessageStream({ message: 'Hello' }));
      const more = await collect(await chat.sendMessageStream({ message: 'Where?' }));
      return { chunks, more, history: chat.getHistory() };
    },
    spans: [completed, completed],
  },
  {
    name: 'chat, streamed and left early',
    scripts: [answer],
    async run(client) {
      const chat = client.chats.create({ model });
      for await (const { text } of await chat.sendMessageStream({ message: 'Hello' })) return text;
      return undefined;
    },
    spans: [{ name, outcome: 'cancelled', firstChunk: true }],
  },
  {
    name: 'chat, streamed and never read',
    scripts: [answer],
    async run(client) {
      const chat = client.chats.create({ model });
      return typeof (await chat.sendMessageStream({ message: 'Hello' }));
    },
    spans: [{ name, outcome: 'dropped', atCollection: true }],
  },
  {
    name: 'chat that fails and goes on',
    scripts: [{ error: { status: 503 } }, answer],
    async run(client) {
      const chat = client.chats.create({ model });
      const failed = await chat.sendMessage({ message: 'Hello' }).catch((error: unknown) => error);
      const { text } = await chat.sendMessage({ message: 'Again' });
      return { failed, text, history: chat.getHistory() };
    },
    spans: [{ name, errorType: 'UNAVAILABLE' }, done],
    // A chat that has failed once sends nothing more in the first release.
    spansOn: ({ isFirst }) => (isFirst ? [{ name, errorType: 'UNAVAILABLE' }] : undefined),
  },
  {
    name: 'tool loop',
    scripts: toolScripts,
    on: ({ isFirst }) => !isFirst,
    run: (client) => client.models.generateContent({ ...ask, config: { tools: [track] } }),
    spans: [done, done],
  },
  {
    name: 'tool loop, streamed',
    scripts: toolScripts,
    on: ({ isFirst }) => !isFirst,
    run: async (client) =>
      collect(await client.models.generateContentStream({ ...ask, config: { tools: [track] } })),
    spans: [completed, completed],
  },
  {
    name: 'tool loop of a chat',
    scripts: toolScripts,
    on: ({ isFirst }) => !isFirst,
    async run(client) {
      const chat = client.chats.create({ model, config: { tools: [track] } });
      const { text } = await chat.sendMessage({ message: 'Where is my parcel?' });
      return { text, history: chat.getHistory() };
    },
    spans: [done, done],
  },
  {
    name: 'tool loop that is switched off',
    scripts: toolScripts,
    on: ({ isFirst }) => !isFirst,
    run: (client) =>
      client.models.generateContent({
        ...ask,
        config: { tools: [track], automaticFunctionCalling: { disable: true } },
      }),
    spans: [done],
  },
  {
    name: 'tool that fails',
    scripts: toolScripts,
    on: ({ isFirst }) => !isFirst,
    run: (client) => client.models.generateContent({ ...ask, config: { tools: [lost] } }),
    spans: [done],
  },
  {
    name: 'tool that fails in a stream',
    scripts: toolScripts,
    on: ({ isFirst }) => !isFirst,
    run: async (client) =>
      collect(await client.models.generateContentStream({ ...ask, config: { tools: [lost] } })),
    spans: [{ name, outcome: 'cancelled', firstChunk: true }],
  },
];
