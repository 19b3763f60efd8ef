import { z } from 'zod';
import {
  type Case,
  answer,
  answered,
  asked,
  base,
  loop,
  run,
  stable,
  tokens,
  call,
} from './calls.ts';

/** Texts that come as a whole. */
export const text: readonly Case[] = [
  {
    name: 'generateText',
    scripts: [answer],
    async run(client) {
      const result = await client.ai.generateText(base(client));
      return stable({ ...result, text: result.text, usage: result.usage, steps: result.steps });
    },
    spans: [answered, run],
  },
  {
    name: 'the promise and the result have their classes, their members and no new ones',
    scripts: [answer],
    async run(client) {
      const promise = client.ai.generateText(base(client));
      const result = await promise;
      return {
        promise: [promise.constructor.name, Reflect.ownKeys(promise)],
        result: [result.constructor.name, Reflect.ownKeys(result)],
        steps: result.steps.map((step) => [step.constructor.name, Reflect.ownKeys(step)]),
        again: (await promise) === result,
      };
    },
    spans: [answered, run],
  },
  {
    name: 'generateText through responses',
    scripts: [answer],
    async run(client) {
      const model = client.openAi.responses('gpt-5-mini');
      return stable((await client.ai.generateText({ ...base(client), model })).content);
    },
    spans: [answered, run],
  },
  {
    name: 'cut short',
    scripts: [{ ...answer, finishReason: 'length' }],
    run: async (client) => (await client.ai.generateText(base(client))).finishReason,
    spans: [{ ...call, tokens, finishReasons: ['length'] }, run],
  },
  {
    name: 'a tool call that nobody executes',
    scripts: [loop[0]!],
    async run(client) {
      const track = client.ai.tool({ inputSchema: z.object({ id: z.number() }) });
      return stable(
        (await client.ai.generateText({ ...base(client), tools: { track: track as never } }))
          .toolCalls,
      );
    },
    spans: [asked, run],
  },
  {
    name: 'promise never awaited',
    scripts: [answer],
    async run(client) {
      const done = Promise.withResolvers<void>();
      void client.ai.generateText({ ...base(client), onFinish: () => done.resolve() });
      await done.promise;
    },
    spans: [
      { ...answered, atCollection: true },
      { ...run, atCollection: true },
    ],
  },
];
