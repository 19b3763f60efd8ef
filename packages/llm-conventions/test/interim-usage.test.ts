// What an API tells before it has answered is no count of an answer that is left early.
import { context } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import { anthropicStream, createGenAi, type Tokenizer } from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

const usage = { input_tokens: 1000, cache_read_input_tokens: 24, output_tokens: 1 };
const begin = { type: 'message_start', message: { id: 'm', model: 'claude-opus-5', usage } };
const word = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'one ' } };
const end = {
  type: 'message_delta',
  delta: { stop_reason: 'end_turn' },
  usage: { output_tokens: 42 },
};

async function* answer(failure?: Error): AsyncGenerator {
  yield begin;
  for (let n = 0; n < 20; n++) yield word;
  if (failure !== undefined) throw failure;
  yield end;
  yield { type: 'message_stop' };
}

async function usageAfter(
  read: (stream: AsyncIterable<unknown>) => Promise<void>,
  { tokenizer, failure }: { tokenizer?: Tokenizer; failure?: Error } = {},
): Promise<Record<string, unknown>> {
  const recording = recordSignals();
  const genAi = createGenAi({ ...recording, tokenizer });
  const model = 'claude-opus-5';
  const call = genAi.startInference({ provider: 'anthropic', model, stream: true });
  await read(call.stream(answer(failure), anthropicStream)).catch(() => undefined);
  const { attributes = {} } = recording.spans()[0] ?? {};
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => /usage\.(?:in|out|est)|cost\.micro/.test(name)),
  );
}

const early = { 'gen_ai.usage.input_tokens': 1024 };

test('an Anthropic stream that is read to its end tells all it used', async () => {
  const told = await usageAfter(async (stream) => {
    for await (const _ of stream);
  });

  expect(told).toMatchObject({ ...early, 'gen_ai.usage.output_tokens': 42 });
  expect(told['llm_otel.cost.micro_usd']).toBeGreaterThan(0);
});

test.each([
  ['the first event', 1],
  ['ten words', 11],
])('one that is left behind %s has no count of its answer, and no price', async (_, events) => {
  const told = await usageAfter(async (stream) => {
    let seen = 0;
    for await (const _event of stream) if (++seen === events) break;
  });

  expect(told).toEqual(early);
});

test('neither has one that fails', async () => {
  const failure = new Error('reset');

  expect(
    await usageAfter(
      async (stream) => {
        for await (const _ of stream);
      },
      { failure },
    ),
  ).toEqual(early);
});

test('with a tokenizer it has an estimate, and says so', async () => {
  const tokenizer = { countTokens: (text: string) => text.trim().split(' ').length };
  const told = await usageAfter(
    async (stream) => {
      let seen = 0;
      for await (const _event of stream) if (++seen === 11) break;
    },
    { tokenizer },
  );

  expect(told).toMatchObject({
    ...early,
    'gen_ai.usage.output_tokens': 10,
    'llm_otel.usage.estimated': ['gen_ai.usage.output_tokens'],
  });
});
