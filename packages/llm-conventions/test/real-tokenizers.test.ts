// Estimates with the tokenizers that people have, not with a stand-in.
import { context } from '@opentelemetry/api';
import * as gptTokenizer from 'gpt-tokenizer';
import { getEncoding } from 'js-tiktoken';
import { afterEach, describe, expect, test } from 'vitest';
import { createGenAi, type Tokenizer } from '../src/index.ts';
import { countableText } from '../src/usage/countable-text.ts';
import { recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

const text = (content: string) => ({ role: 'user', parts: [{ type: 'text', content }] });

/** The attributes and the sums of metrics of a call whose provider reports no usage. */
async function estimated(tokenizer: Tokenizer, input: string, output: string) {
  const recording = recordSignals();
  const call = createGenAi({ ...recording, tokenizer }).startInference({
    provider: 'openai',
    model: 'gpt-5',
    inputMessages: [text(input)],
  });
  call.recordResponse({ outputMessages: [text(output)] });
  call.end();
  const points = await recording.points();
  return {
    attributes: recording.spans()[0]?.attributes ?? {},
    sums: Object.fromEntries(points.map(({ metric, sum }) => [metric, sum])),
  };
}

const tokenizers: readonly (readonly [string, Tokenizer])[] = [
  ['gpt-tokenizer', gptTokenizer],
  ['js-tiktoken', getEncoding('o200k_base')],
];

describe.each(tokenizers)('%s', (_, tokenizer) => {
  test('counts what no provider reported, and the span says that it is an estimate', async () => {
    const { attributes, sums } = await estimated(tokenizer, 'Hello world', 'How are you today?');

    // `Hello`, ` world`; `How`, ` are`, ` you`, ` today`, `?`.
    expect(attributes).toMatchObject({
      'gen_ai.usage.input_tokens': 2,
      'gen_ai.usage.output_tokens': 5,
      'llm_otel.usage.estimated': ['gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens'],
      // 2 x 1.25 + 5 x 10, rounded half up.
      'llm_otel.cost.micro_usd': 53,
    });
    expect(sums).toMatchObject({
      'gen_ai.client.inference.usage.input_tokens': 2,
      'gen_ai.client.inference.usage.output_tokens': 5,
    });
  });

  test('counts what looks like a token of the model itself', async () => {
    const { attributes } = await estimated(tokenizer, 'what is <|endoftext|>?', 'ok');

    expect(attributes['gen_ai.usage.input_tokens']).toBeGreaterThan(5);
    expect(attributes['llm_otel.usage.estimated']).toHaveLength(2);
  });
});

test('gpt-tokenizer is not stalled by a text without a space, of spaces, or of signs', async () => {
  // Two hundred thousand letters as they are take it half a minute, a hundred thousand a quarter of that.
  for (const endless of ['a', ' ', '=', 'é', '👍'])
    expect(
      (await estimated(gptTokenizer, endless.repeat(100_000), 'ok')).attributes[
        'gen_ai.usage.input_tokens'
      ],
    ).toBeGreaterThan(1000);
});

test('a text of words is counted as it is', () => {
  const words = 'A sentence.\n\n  Another one, with `code()` and https://example.com/a/path?x=1\n';

  expect(countableText(words.repeat(100))).toBe(words.repeat(100));
  expect(countableText('x'.repeat(300))).toBe(
    `${'x'.repeat(128)} ${'x'.repeat(128)} ${'x'.repeat(44)}`,
  );
  expect(countableText('\n'.repeat(129))).toBe(`${'\n'.repeat(128)}.\n`);
});
