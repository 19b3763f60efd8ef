// The parts that `fullStream` of the AI SDK 5 (ai 5.0, @ai-sdk/anthropic 2.0) ends its steps and the whole with.
import { expect, test } from 'vitest';
import { aiSdkStream, type Usage } from '../src/index.ts';

function usageOf(parts: readonly object[], provider = 'anthropic'): Usage | undefined {
  const reader = aiSdkStream.open({ content: false, provider });
  for (const part of parts) reader.read(part);
  return reader.response().usage;
}

const usage = (input: number, output: number, read: number): object => ({
  inputTokens: input,
  outputTokens: output,
  totalTokens: input + output,
  cachedInputTokens: read,
});
const written = (tokens: number): object => ({ anthropic: { cacheCreationInputTokens: tokens } });

const first = { type: 'finish-step', usage: usage(40, 6, 100), providerMetadata: written(20) };
const second = { type: 'finish-step', usage: usage(50, 8, 120), providerMetadata: written(5) };

test('what was written to the cache is not lost at the end of the whole, which does not tell it', () => {
  expect(usageOf([first, { type: 'finish', totalUsage: usage(40, 6, 100) }])).toEqual({
    inputTokens: 160,
    outputTokens: 6,
    cacheReadTokens: 100,
    cacheWriteTokens: 20,
  });
});

test('several steps count together, with all that they wrote', () => {
  const sum = { inputTokens: 335, outputTokens: 14, cacheReadTokens: 220, cacheWriteTokens: 25 };

  expect(usageOf([first, second, { type: 'finish', totalUsage: usage(90, 14, 220) }])).toEqual(sum);
  // Left, or cut off, before its end.
  expect(usageOf([first, second])).toEqual(sum);
});

test('a stream of a model, which has no steps, tells all at its end', () => {
  expect(
    usageOf([{ type: 'finish', usage: usage(40, 6, 100), providerMetadata: written(20) }]),
  ).toMatchObject({ inputTokens: 160, cacheWriteTokens: 20 });
});

test('version 6 has it all in the total', () => {
  const details = { noCacheTokens: 90, cacheReadTokens: 220, cacheWriteTokens: 25 };
  const totalUsage = { inputTokens: 335, inputTokenDetails: details, outputTokens: 14 };

  expect(usageOf([first, second, { type: 'finish', totalUsage }])).toEqual({
    inputTokens: 335,
    outputTokens: 14,
    cacheReadTokens: 220,
    cacheWriteTokens: 25,
  });
});

test('steps of other providers count together as they are', () => {
  const step = { type: 'finish-step', usage: usage(100, 6, 40), providerMetadata: { openai: {} } };

  expect(usageOf([step, step], 'openai')).toEqual({
    inputTokens: 200,
    outputTokens: 12,
    cacheReadTokens: 80,
  });
});
