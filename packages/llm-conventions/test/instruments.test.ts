import { context, type Meter } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import { createGenAi, type GenAi } from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

/** `meter`, with the name of each instrument that is made of it. */
function watched(meter: Meter): { readonly meter: Meter; readonly made: string[] } {
  const made: string[] = [];
  const watching = new Proxy(meter, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        if (String(property).startsWith('create')) made.push(String(args[0]));
        return Reflect.apply(member, target, args);
      };
    },
  });
  return { meter: watching, made };
}

async function callEverything(genAi: GenAi): Promise<void> {
  const request = { provider: 'openai', model: 'gpt-5-mini' };
  const usage = {
    inputTokens: 5,
    outputTokens: 4,
    cacheReadTokens: 3,
    cacheWriteTokens: 2,
    reasoningTokens: 1,
  };
  await genAi.inference(request, async (call) => {
    call.recordResponse({ usage });
    async function* chunks(): AsyncGenerator<string> {
      yield 'a';
      yield 'b';
    }
    for await (const _ of call.stream(chunks()));
  });
  await genAi.embeddings(request, async () => undefined);
}

test('each instrument is made once, however many calls record into it', async () => {
  const { tracer, meter: bare, points } = recordSignals();
  const { meter, made } = watched(bare);
  const genAi = createGenAi({ tracer, meter });

  await callEverything(genAi);
  const afterOne = [...made];
  await callEverything(genAi);
  await callEverything(genAi);

  expect(made).toEqual(afterOne);
  expect(new Set(made).size).toBe(made.length);
  // All of them were there to be made: what is recorded is what was made, three times over.
  const recorded = await points();
  expect(new Set(recorded.map(({ metric }) => metric))).toEqual(new Set(made));
  expect(made.length).toBeGreaterThan(8);
  const durations = recorded.filter(({ metric }) => metric === 'gen_ai.client.inference.duration');
  expect(durations.map(({ count }) => count)).toEqual([3]);
});
