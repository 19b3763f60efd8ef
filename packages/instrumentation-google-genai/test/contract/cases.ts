import type { GoogleGenAI } from '@google/genai';
import type { ModelScript } from '@llm-otel/testing';
import type { ContractCase } from '@llm-otel/tooling/contract';
import { failureCases } from './failure-cases.ts';
import { helperCases } from './helper-cases.ts';
import { interactionCases } from './interaction-cases.ts';
import type { Line } from './lines.ts';
import { answer, ask, done, model, name, tokens, usage } from './shared.ts';
import { streamCases } from './stream-cases.ts';

export type Case = ContractCase<GoogleGenAI, Line, ModelScript>;

const embed = { model: 'gemini-embedding-001', contents: ['one', 'two'] };

/** The ordinary calls of an application, each as it is written without any telemetry. */
export const cases: readonly Case[] = [
  {
    name: 'plain',
    scripts: [answer],
    run: (client) => client.models.generateContent(ask),
    spans: [done],
  },
  {
    name: 'the promise is an ordinary one, and the answer has its class and its getters',
    scripts: [answer],
    async run(client) {
      const promise = client.models.generateContent(ask);
      const keys = Object.keys(promise);
      const response = await promise;
      const same = (await promise) === response;
      return { keys, kind: promise.constructor === Promise, text: response.text, same };
    },
    spans: [done],
  },
  {
    name: 'with all that can be set',
    scripts: [answer],
    run: (client) =>
      client.models.generateContent({
        ...ask,
        contents: [{ role: 'user', parts: [{ text: 'Where is my parcel?' }] }],
        config: {
          systemInstruction: 'Be brief.',
          temperature: 0.2,
          topP: 0.9,
          topK: 40,
          maxOutputTokens: 100,
          stopSequences: ['END'],
          seed: 7,
          safetySettings: [],
        },
      }),
    spans: [done],
  },
  {
    name: 'tool calls',
    scripts: [{ toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage }],
    run: (client) =>
      client.models.generateContent({
        ...ask,
        config: { tools: [{ functionDeclarations: [{ name: 'track' }] }] },
      }),
    spans: [done],
  },
  {
    name: 'thinking',
    scripts: [
      { ...answer, reasoning: ['Parcels ', 'move.'], usage: { ...usage, reasoningTokens: 2 } },
    ],
    run: (client) =>
      client.models.generateContent({
        ...ask,
        config: { thinkingConfig: { includeThoughts: true } },
      }),
    spans: [done],
  },
  {
    name: 'tokens read from the cache',
    scripts: [{ ...answer, usage: { ...usage, cacheReadTokens: 6 } }],
    run: (client) => client.models.generateContent(ask),
    spans: [done],
  },
  {
    name: 'structured output',
    scripts: [{ text: '{"place":"Lyon"}', usage }],
    run: (client) =>
      client.models.generateContent({
        ...ask,
        config: {
          responseMimeType: 'application/json',
          responseSchema: { type: 'OBJECT' as never },
        },
      }),
    spans: [done],
  },
  {
    name: 'cut short',
    scripts: [{ ...answer, finishReason: 'length' }],
    run: (client) => client.models.generateContent(ask),
    spans: [{ name, tokens, finishReasons: ['length'] }],
  },
  {
    name: 'an answer that is filtered',
    scripts: [{ ...answer, finishReason: 'content_filter' }],
    run: (client) => client.models.generateContent(ask),
    spans: [{ name, tokens, finishReasons: ['content_filter'] }],
  },
  {
    name: 'a prompt that is blocked',
    scripts: [{ finishReason: 'content_filter', usage }],
    run: (client) => client.models.generateContent(ask),
    spans: [{ name, finishReasons: ['content_filter'] }],
  },
  {
    name: 'then, catch and finally',
    scripts: [answer],
    run: async (client) => {
      const order: string[] = [];
      const text = await client.models
        .generateContent(ask)
        .finally(() => order.push('finally'))
        .then((body) => body.text)
        .catch(() => order.push('catch'));
      return { text, order };
    },
    spans: [done],
  },
  {
    name: 'promise never awaited',
    scripts: [answer],
    on: ({ isRecent }) => isRecent,
    async run(client, { answered }) {
      const { constructor } = client.models.generateContent(ask);
      await answered;
      return constructor.name;
    },
    spans: [{ ...done, atCollection: true }],
  },
  ...streamCases,
  ...helperCases,
  ...failureCases,
  ...interactionCases,
  {
    name: 'embeddings',
    scripts: [],
    run: (client) => client.models.embedContent({ ...embed, config: { outputDimensionality: 4 } }),
    spans: [{ name: 'embeddings gemini-embedding-001' }],
  },
  {
    name: 'a model by its whole name',
    scripts: [answer],
    run: (client) => client.models.generateContent({ ...ask, model: `models/${model}` }),
    spans: [done],
  },
  {
    name: 'another timeout for one request',
    scripts: [answer],
    run: (client) =>
      client.models.generateContent({ ...ask, config: { httpOptions: { timeout: 5000 } } }),
    spans: [done],
  },
  {
    name: 'what is no model call',
    scripts: [],
    run: (client) => client.models.countTokens({ model, contents: ask.contents }),
    spans: [],
  },
];
