import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeUsage } from './usage.ts';
import { anthropicStream } from '../streams/anthropic-stream.ts';
import { usageFromAnthropic } from './usage-from-anthropic.ts';
import { usageFromOpenAi } from './usage-from-openai.ts';

test('chat completions and responses report the same usage under different names', () => {
  const usage = { inputTokens: 10, outputTokens: 5, cacheReadTokens: 4, reasoningTokens: 2 };

  expect(
    usageFromOpenAi({
      prompt_tokens: 10,
      completion_tokens: 5,
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 2 },
    }),
  ).toEqual(usage);
  expect(
    usageFromOpenAi({
      input_tokens: 10,
      output_tokens: 5,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens_details: { reasoning_tokens: 2 },
    }),
  ).toEqual(usage);
});

test('Anthropic leaves the cache out of its input, the normal form does not', () => {
  expect(
    usageFromAnthropic({
      input_tokens: 10,
      cache_read_input_tokens: 100,
      cache_creation_input_tokens: 50,
      cache_creation: { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 30 },
      output_tokens: 7,
    }),
  ).toEqual({
    inputTokens: 160,
    outputTokens: 7,
    cacheReadTokens: 100,
    cacheWriteTokens: 50,
    cacheWriteOneHourTokens: 30,
  });
});

test('the last part of an Anthropic stream, which may have only output, keeps the input of the first', () => {
  const first = usageFromAnthropic({
    input_tokens: 10,
    cache_read_input_tokens: 5,
    output_tokens: 1,
  });
  const last = usageFromAnthropic({ output_tokens: 42 });

  expect(mergeUsage(first, last ?? {})).toMatchObject({ inputTokens: 15, outputTokens: 42 });
});

test('no usage is no usage, for any value', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const hasCounts =
        typeof value === 'object' && value !== null && Object.keys(value).length > 0;
      if (hasCounts) return;
      expect(usageFromOpenAi(value)).toBeUndefined();
      expect(usageFromAnthropic(value)).toBeUndefined();
    }),
  );
});

test('only whole numbers that are not negative are counts', () => {
  const counts = fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(null));
  fc.assert(
    fc.property(counts, counts, (input, output) => {
      const usage = usageFromOpenAi({ prompt_tokens: input, completion_tokens: output });
      for (const count of Object.values(usage ?? {}))
        expect(count === undefined || (Number.isSafeInteger(count) && count >= 0)).toBe(true);
    }),
  );
});

test('the parts of an Anthropic usage never exceed the whole', () => {
  const count = fc.nat({ max: 1e9 });
  fc.assert(
    fc.property(count, count, count, (input, read, write) => {
      const usage = usageFromAnthropic({
        input_tokens: input,
        cache_read_input_tokens: read,
        cache_creation_input_tokens: write,
      });
      expect(usage?.inputTokens).toBe(input + read + write);
    }),
  );
});

describe('an Anthropic message that was compacted on the way', () => {
  const usage = {
    input_tokens: 10,
    output_tokens: 3,
    cache_read_input_tokens: 100,
    cache_creation: { ephemeral_1h_input_tokens: 0 },
    iterations: [
      {
        type: 'compaction',
        input_tokens: 1000,
        output_tokens: 50,
        cache_read_input_tokens: 20,
        cache_creation_input_tokens: 7,
        cache_creation: { ephemeral_1h_input_tokens: 7 },
      },
      { type: 'message', input_tokens: 10, output_tokens: 3 },
      { type: 'advisor_message', model: 'other', input_tokens: 500, output_tokens: 500 },
    ],
  };
  const expected = {
    inputTokens: 1137,
    outputTokens: 53,
    cacheReadTokens: 120,
    cacheWriteTokens: 7,
    cacheWriteOneHourTokens: 7,
  };

  test('has used what that took too, and not what another model did', () => {
    expect(usageFromAnthropic(usage)).toEqual(expected);
  });

  test('has used it as a stream as well, whose last part has no input', () => {
    const { input_tokens, cache_read_input_tokens, ...last } = usage;
    const reader = anthropicStream.open({ content: false });
    reader.read({
      type: 'message_start',
      message: { usage: { input_tokens, cache_read_input_tokens, output_tokens: 1 } },
    });
    reader.read({ type: 'message_delta', delta: {}, usage: { ...last, input_tokens: null } });

    expect(reader.response().usage).toEqual(expected);
  });
});
