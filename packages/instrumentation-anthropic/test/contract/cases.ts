import type { ModelScript } from '@llm-otel/testing';
import type { ContractCase } from '@llm-otel/tooling/contract';
import type Anthropic from '@anthropic-ai/sdk';
import type { Line } from './lines.ts';
import { failureCases } from './failure-cases.ts';
import { helperCases } from './helper-cases.ts';
import { streamCases } from './stream-cases.ts';
import { answer, ask, name, tokens, usage } from './shared.ts';

export type Case = ContractCase<Anthropic, Line, ModelScript>;

/** The ordinary calls of an application, each as it is written without any telemetry. */
export const cases: readonly Case[] = [
  {
    name: 'plain',
    scripts: [answer],
    run: (client) => client.messages.create(ask),
    spans: [{ name, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'the promise has its class, its methods and no new ones',
    scripts: [answer],
    async run(client, { line: { classes } }) {
      const promise = client.messages.create(ask);
      const keys = Object.keys(promise);
      const instance = promise instanceof classes.APIPromise && promise instanceof Promise;
      const body = await promise;
      return { keys, instance, again: (await promise) === body };
    },
    spans: [{ name, tokens }],
  },
  {
    name: 'beta',
    scripts: [answer],
    run: (client) => client.beta.messages.create({ ...ask, betas: ['context-1m-2025-08-07'] }),
    spans: [{ name, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'tool calls',
    scripts: [{ toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage }],
    run: (client) => client.messages.create(ask),
    spans: [{ name, tokens, finishReasons: ['tool_call'] }],
  },
  {
    name: 'thinking',
    scripts: [{ ...answer, reasoning: ['Parcels ', 'move.'] }],
    run: (client) => client.messages.create({ ...ask, thinking: { type: 'adaptive' } }),
    spans: [{ name, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'tokens read from and written to the cache',
    scripts: [{ ...answer, usage: { ...usage, cacheReadTokens: 6, cacheWriteTokens: 4 } }],
    run: (client) => client.messages.create(ask),
    spans: [{ name, tokens }],
  },
  {
    name: 'cut short',
    scripts: [{ ...answer, finishReason: 'length' }],
    run: (client) => client.messages.create(ask),
    spans: [{ name, tokens, finishReasons: ['length'] }],
  },
  {
    name: 'then, catch and finally',
    scripts: [answer],
    run: async (client) => {
      const order: string[] = [];
      const id = await client.messages
        .create(ask)
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
      const { constructor } = client.messages.create(ask);
      await answered;
      return constructor.name;
    },
    spans: [{ name, atCollection: true }],
  },
  {
    name: 'withResponse',
    scripts: [answer],
    async run(client) {
      const whole = await client.messages.create(ask).withResponse();
      return { ...whole, url: whole.response.url.endsWith('/v1/messages') };
    },
    spans: [{ name, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'asResponse',
    scripts: [answer],
    async run(client) {
      const response = await client.messages.create(ask).asResponse();
      return { used: response.bodyUsed, body: await response.json() };
    },
    spans: [{ name }],
  },
  ...streamCases,
  ...helperCases,
  ...failureCases,
  {
    name: 'another timeout by withOptions',
    scripts: [answer],
    run: (client) => client.withOptions({ timeout: 5000 }).messages.create(ask),
    spans: [{ name, tokens }],
  },
  {
    name: 'what is no model call',
    scripts: [],
    run: async (client) => (await client.models.list()).data,
    spans: [],
  },
  {
    name: 'tokens counted before',
    scripts: [],
    run: (client) => client.messages.countTokens({ model: ask.model, messages: ask.messages }),
    spans: [],
  },
];
