import type { ModelScript } from '@llm-otel/testing';
import type { ContractCase } from '@llm-otel/tooling/contract';
import type OpenAI from 'openai';
import { failureCases } from './failure-cases.ts';
import { helperCases } from './helper-cases.ts';
import type { Line } from './lines.ts';
import { plainCases } from './plain-cases.ts';
import { responsesCases } from './responses-cases.ts';
import { answer, chat, name, tokens, usage } from './shared.ts';
import { streamCases } from './stream-cases.ts';

export type Case = ContractCase<OpenAI, Line, ModelScript>;

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
    name: 'withResponse',
    scripts: [answer],
    async run(client) {
      const whole = await client.chat.completions.create(chat).withResponse();
      return { ...whole, url: whole.response.url.endsWith('/chat/completions') };
    },
    spans: [{ name, tokens, finishReasons: ['stop'] }],
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
  ...streamCases,
  ...helperCases,
  ...failureCases,
  ...responsesCases,
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
