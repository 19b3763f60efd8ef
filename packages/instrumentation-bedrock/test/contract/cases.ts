import type { BedrockRuntime } from '@aws-sdk/client-bedrock-runtime';
import type { ModelScript } from '@llm-otel/testing';
import type { ContractCase } from '@llm-otel/tooling/contract';
import { failureCases } from './failure-cases.ts';
import { invokeCases } from './invoke-cases.ts';
import type { Line } from './line.ts';
import { answer, ask, MODEL, name, plain, tokens, usage } from './shared.ts';
import { streamCases } from './stream-cases.ts';

export type Case = ContractCase<BedrockRuntime, Line, ModelScript>;

/** The ordinary calls of an application, each as it is written without any telemetry. */
export const cases: readonly Case[] = [
  {
    name: 'plain',
    scripts: [answer],
    run: (client, { line }) => client.send(new line.library.ConverseCommand(ask)),
    spans: [plain],
  },
  {
    name: 'the promise is an ordinary one',
    scripts: [answer],
    async run(client, { line }) {
      const promise = client.send(new line.library.ConverseCommand(ask));
      const facts = { keys: Object.keys(promise), class: promise.constructor === Promise };
      const output = await promise;
      return { ...facts, again: (await promise) === output, members: Object.keys(output) };
    },
    spans: [plain],
  },
  {
    name: 'with a callback',
    scripts: [answer],
    run: (client, { line }) =>
      new Promise((resolve) => {
        const returned: unknown = client.send(
          new line.library.ConverseCommand(ask),
          (...told: unknown[]) => resolve({ told, returned }),
        );
      }),
    spans: [plain],
  },
  {
    name: 'with options and a callback that throws',
    scripts: [answer],
    run: (client, { line }) =>
      new Promise((resolve) => {
        client.send(new line.library.ConverseCommand(ask), {}, (...told: unknown[]) => {
          resolve(told);
          throw new Error('of the application');
        });
      }),
    spans: [plain],
  },
  {
    name: 'a method of the aggregated client',
    scripts: [answer],
    run: (client) => client.converse(ask),
    spans: [plain],
  },
  {
    name: 'a method of the aggregated client, with a callback',
    scripts: [answer],
    run: (client) =>
      new Promise((resolve) => client.converse(ask, (...told: unknown[]) => resolve(told))),
    spans: [plain],
  },
  {
    name: 'the command sent twice',
    scripts: [answer, { ...answer }],
    async run(client, { line }) {
      const command = new line.library.ConverseCommand(ask);
      const members = Object.keys(command);
      const outputs = [await client.send(command), await client.send(command)];
      return { outputs, members, after: Object.keys(command) };
    },
    spans: [plain, plain],
  },
  {
    name: 'middleware of the application',
    scripts: [answer],
    async run(client, { line }) {
      const seen: unknown[] = [];
      client.middlewareStack.add(
        (next, context) => async (args) => {
          seen.push([context.commandName, args.constructor.name, Object.keys(args)]);
          const result = await next(args);
          seen.push(Object.keys(result));
          return result;
        },
        { step: 'initialize' },
      );
      return { output: await client.send(new line.library.ConverseCommand(ask)), seen };
    },
    spans: [plain],
  },
  {
    name: 'a client that keeps its stacks',
    scripts: [answer, { ...answer }],
    async run(client, { line }) {
      Object.assign(client.config, { cacheMiddleware: true });
      const send = (): Promise<unknown> => client.send(new line.library.ConverseCommand(ask));
      return Promise.all([send(), send()]);
    },
    spans: [plain, plain],
  },
  {
    name: 'tool calls',
    scripts: [{ toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage }],
    run: (client) => client.converse(ask),
    spans: [{ ...plain, finishReasons: ['tool_call'] }],
  },
  {
    name: 'thinking',
    scripts: [{ ...answer, reasoning: ['Parcels ', 'move.'] }],
    run: (client) => client.converse(ask),
    spans: [plain],
  },
  {
    name: 'tokens read from and written to the cache',
    scripts: [{ ...answer, usage: { ...usage, cacheReadTokens: 6, cacheWriteTokens: 4 } }],
    run: (client) => client.converse(ask),
    spans: [plain],
  },
  {
    name: 'cut short',
    scripts: [{ ...answer, finishReason: 'length' }],
    run: (client) => client.converse(ask),
    spans: [{ ...plain, finishReasons: ['length'] }],
  },
  {
    name: 'filtered',
    scripts: [{ ...answer, finishReason: 'content_filter' }],
    run: (client) =>
      client.converse({
        ...ask,
        guardrailConfig: { guardrailIdentifier: 'gr-1', guardrailVersion: '2' },
      }),
    spans: [{ ...plain, finishReasons: ['content_filter'] }],
  },
  {
    name: 'a model by its ARN',
    scripts: [answer],
    run: (client) =>
      client.converse({ ...ask, modelId: `arn:aws:bedrock:us-east-1::inference-profile/${MODEL}` }),
    spans: [{ ...plain, name: `chat arn:aws:bedrock:us-east-1::inference-profile/${MODEL}` }],
  },
  {
    name: 'promise never awaited',
    scripts: [answer],
    async run(client, { line, answered }) {
      const { constructor } = client.send(new line.library.ConverseCommand(ask));
      await answered;
      return constructor.name;
    },
    spans: [{ name, tokens, atCollection: true }],
  },
  {
    name: 'then, catch and finally',
    scripts: [answer],
    async run(client) {
      const order: string[] = [];
      const reason = await client
        .converse(ask)
        .finally(() => order.push('finally'))
        .then(({ stopReason }) => stopReason)
        .catch(() => order.push('catch'));
      return { reason, order };
    },
    spans: [plain],
  },
  ...invokeCases,
  ...streamCases,
  ...failureCases,
  {
    name: 'what is no model call',
    scripts: [],
    on: ({ library }) => 'ApplyGuardrailCommand' in library,
    run: (client) =>
      client.applyGuardrail({
        guardrailIdentifier: 'gr-1',
        guardrailVersion: '1',
        source: 'INPUT',
        content: [{ text: { text: 'Where is my parcel?' } }],
      }),
    spans: [],
  },
];
