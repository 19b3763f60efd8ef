// Servers that speak OpenAI's API and never say why an answer ended: what they send behind it decides.
import { context } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import { createGenAi, openAiChatStream } from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

const usage = { prompt_tokens: 3, completion_tokens: 2 };
const piece = (more: object = {}): object => ({
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }],
  ...more,
});
const usageAlone = piece({ choices: [], usage });

async function attributesOf(chunks: readonly object[]): Promise<Record<string, unknown>> {
  async function* stream(): AsyncGenerator {
    yield* chunks;
  }
  const recording = recordSignals();
  const call = createGenAi(recording).startInference({ provider: 'openai', stream: true });
  for await (const _ of call.stream(stream(), openAiChatStream));
  return recording.spans()[0]?.attributes ?? {};
}

test('tokens by themselves behind the answer are its end', async () => {
  const attributes = await attributesOf([piece(), piece(), usageAlone]);

  expect(attributes).toMatchObject({
    'llm_otel.stream.outcome': 'completed',
    'gen_ai.usage.input_tokens': 3,
    'gen_ai.usage.output_tokens': 2,
  });
  expect(attributes).not.toHaveProperty('error.type');
  expect(attributes).not.toHaveProperty('gen_ai.response.finish_reasons');
});

test.each([
  ['no tokens come', [piece(), piece()]],
  [
    'tokens come with each piece, as of a server that counts as it goes',
    [piece({ usage }), piece({ usage })],
  ],
  ['tokens come in front of the answer', [usageAlone, piece()]],
  ['nothing comes but a chunk without choices', [piece(), piece({ choices: [] })]],
])('where %s, an answer without a reason may as well be cut', async (_, chunks) => {
  expect(await attributesOf(chunks)).toMatchObject({
    'llm_otel.stream.outcome': 'failed',
    'error.type': 'incomplete_stream',
  });
});
