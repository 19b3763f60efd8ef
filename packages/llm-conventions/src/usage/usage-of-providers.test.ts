import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateUsage } from './estimate-usage.ts';
import { usageFromAiSdk } from './usage-from-ai-sdk.ts';
import { usageFromBedrock } from './usage-from-bedrock.ts';
import { usageFromCohere } from './usage-from-cohere.ts';
import { usageFromGemini } from './usage-from-gemini.ts';
import { usageFromOpenAi } from './usage-from-openai.ts';
import { USAGE_ATTRIBUTES, usageFromAttributes } from './usage-attributes.ts';

describe('totals are totals, whatever the provider counts apart:', () => {
  test('Bedrock leaves the cache out of its input', () => {
    expect(
      usageFromBedrock({
        inputTokens: 10,
        outputTokens: 7,
        totalTokens: 167,
        cacheReadInputTokens: 100,
        cacheWriteInputTokens: 50,
        cacheDetails: [
          { inputTokens: 20, ttl: '5m' },
          { inputTokens: 30, ttl: '1h' },
        ],
      }),
    ).toEqual({
      inputTokens: 160,
      outputTokens: 7,
      cacheReadTokens: 100,
      cacheWriteTokens: 50,
      cacheWriteOneHourTokens: 30,
    });
  });

  test('Gemini leaves thoughts out of its output and what tools read out of its prompt', () => {
    expect(
      usageFromGemini({
        promptTokenCount: 100,
        toolUsePromptTokenCount: 20,
        cachedContentTokenCount: 40,
        candidatesTokenCount: 10,
        thoughtsTokenCount: 30,
        totalTokenCount: 160,
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: 60 },
          { modality: 'AUDIO', tokenCount: 40 },
        ],
        cacheTokensDetails: [{ modality: 'AUDIO', tokenCount: 40 }],
        candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 10 }],
      }),
    ).toEqual({
      inputTokens: 120,
      outputTokens: 40,
      cacheReadTokens: 40,
      reasoningTokens: 30,
      textInputTokens: 60,
      audioInputTokens: 40,
      audioCacheReadTokens: 40,
      imageOutputTokens: 10,
    });
  });

  test('xAI leaves reasoning out of its output, which its total tells; OpenAI does not', () => {
    const raw = {
      prompt_tokens: 10,
      completion_tokens: 5,
      completion_tokens_details: { reasoning_tokens: 3 },
    };

    expect(usageFromOpenAi({ ...raw, total_tokens: 18 })?.outputTokens).toBe(8);
    expect(usageFromOpenAi({ ...raw, total_tokens: 15 })?.outputTokens).toBe(5);
    expect(usageFromOpenAi(raw)?.outputTokens).toBe(5);
  });

  test('DeepSeek and Moonshot have words of their own for the cache', () => {
    const raw = { prompt_tokens: 10, completion_tokens: 5 };

    expect(usageFromOpenAi({ ...raw, prompt_cache_hit_tokens: 4 })?.cacheReadTokens).toBe(4);
    expect(usageFromOpenAi({ ...raw, cached_tokens: 4 })?.cacheReadTokens).toBe(4);
  });

  test('OpenAI splits sound and pictures', () => {
    expect(
      usageFromOpenAi({
        input_tokens: 100,
        input_tokens_details: {
          text_tokens: 60,
          audio_tokens: 30,
          image_tokens: 10,
          cached_tokens: 20,
          cached_tokens_details: { text_tokens: 15, audio_tokens: 5 },
        },
        output_tokens: 50,
        output_tokens_details: { text_tokens: 20, audio_tokens: 30 },
      }),
    ).toEqual({
      inputTokens: 100,
      outputTokens: 50,
      cacheReadTokens: 20,
      textInputTokens: 60,
      audioInputTokens: 30,
      imageInputTokens: 10,
      textOutputTokens: 20,
      audioOutputTokens: 30,
      textCacheReadTokens: 15,
      audioCacheReadTokens: 5,
    });
  });

  test('the Realtime API of OpenAI splits them under a name of its own', () => {
    expect(
      usageFromOpenAi({
        total_tokens: 160,
        input_tokens: 100,
        output_tokens: 60,
        input_token_details: {
          text_tokens: 20,
          audio_tokens: 80,
          cached_tokens: 50,
          cached_tokens_details: { text_tokens: 10, audio_tokens: 40 },
        },
        output_token_details: { text_tokens: 15, audio_tokens: 45 },
      }),
    ).toEqual({
      inputTokens: 100,
      outputTokens: 60,
      cacheReadTokens: 50,
      textInputTokens: 20,
      audioInputTokens: 80,
      textOutputTokens: 15,
      audioOutputTokens: 45,
      textCacheReadTokens: 10,
      audioCacheReadTokens: 40,
    });
  });

  test('the Live API of Gemini splits its responses, and what tools read is split too', () => {
    expect(
      usageFromGemini({
        promptTokenCount: 100,
        toolUsePromptTokenCount: 20,
        responseTokenCount: 30,
        cachedContentTokenCount: 10,
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: 40 },
          { modality: 'AUDIO', tokenCount: 60 },
        ],
        toolUsePromptTokensDetails: [{ modality: 'TEXT', tokenCount: 20 }],
        cacheTokensDetails: [{ modality: 'TEXT', tokenCount: 10 }],
        responseTokensDetails: [{ modality: 'AUDIO', tokenCount: 30 }],
      }),
    ).toEqual({
      inputTokens: 120,
      outputTokens: 30,
      cacheReadTokens: 10,
      textInputTokens: 60,
      audioInputTokens: 60,
      audioOutputTokens: 30,
      textCacheReadTokens: 10,
    });
  });

  test('the AI SDK has four forms of it', () => {
    const expected = {
      inputTokens: 100,
      outputTokens: 30,
      cacheReadTokens: 40,
      reasoningTokens: 10,
    };

    expect(usageFromAiSdk({ promptTokens: 100, completionTokens: 30 })).toEqual({
      inputTokens: 100,
      outputTokens: 30,
    });
    expect(
      usageFromAiSdk({
        inputTokens: 100,
        outputTokens: 30,
        totalTokens: 130,
        cachedInputTokens: 40,
        reasoningTokens: 10,
      }),
    ).toEqual(expected);
    expect(
      usageFromAiSdk({
        inputTokens: 100,
        inputTokenDetails: { noCacheTokens: 60, cacheReadTokens: 40 },
        outputTokens: 30,
        outputTokenDetails: { textTokens: 20, reasoningTokens: 10 },
      }),
    ).toEqual(expected);
    expect(
      usageFromAiSdk({
        inputTokens: { total: 100, noCache: 60, cacheRead: 40, cacheWrite: undefined },
        outputTokens: { total: 30, reasoning: 10 },
      }),
    ).toEqual(expected);
  });

  test.each<[string, object, object]>([
    [
      'version 5 of Anthropic, with what it tells beside the usage',
      { inputTokens: 10, outputTokens: 3, cachedInputTokens: 90 },
      { providerMetadata: { anthropic: { cacheCreationInputTokens: 5 } } },
    ],
    [
      'version 5 of Bedrock',
      { inputTokens: 10, outputTokens: 3, cachedInputTokens: 90 },
      { providerMetadata: { bedrock: { usage: { cacheWriteInputTokens: 5 } } } },
    ],
    [
      'version 4 of Anthropic',
      { promptTokens: 10, completionTokens: 3 },
      {
        provider: 'anthropic.messages',
        providerMetadata: { anthropic: { cacheReadInputTokens: 90, cacheCreationInputTokens: 5 } },
      },
    ],
    [
      'a model made for version 5 in version 6',
      {
        inputTokens: { total: 10, cacheRead: 90, cacheWrite: 5 },
        outputTokens: { total: 3 },
      },
      { provider: 'amazon-bedrock' },
    ],
    [
      'version 6, which has the total',
      {
        inputTokens: 105,
        inputTokenDetails: { noCacheTokens: 10, cacheReadTokens: 90, cacheWriteTokens: 5 },
        outputTokens: 3,
      },
      { provider: 'anthropic.messages', providerMetadata: { anthropic: {} } },
    ],
  ])('the AI SDK leaves the cache out where its provider does: %s', (_, raw, source) => {
    expect(usageFromAiSdk(raw, source)).toEqual({
      inputTokens: 105,
      outputTokens: 3,
      cacheReadTokens: 90,
      cacheWriteTokens: 5,
    });
  });

  describe('the sum of the steps of the AI SDK 5', () => {
    const step = (input: number, output: number, read: number, written: number): object => ({
      usage: { inputTokens: input, outputTokens: output, cachedInputTokens: read },
      providerMetadata: {
        anthropic: {
          cacheCreationInputTokens: written,
          usage: { cache_creation: { ephemeral_1h_input_tokens: written - 3 } },
        },
      },
    });
    const steps = [step(40, 6, 100, 20), step(41, 7, 0, 5)];
    const result = { ...steps[1], steps };

    test('has what each of them wrote to the cache', () => {
      const total = { inputTokens: 81, outputTokens: 13, cachedInputTokens: 100 };

      expect(usageFromAiSdk(total, result)).toEqual({
        inputTokens: 206,
        outputTokens: 13,
        cacheReadTokens: 100,
        cacheWriteTokens: 25,
        cacheWriteOneHourTokens: 19,
      });
    });

    test('is told from the usage of the last of them', () => {
      const last = { inputTokens: 41, outputTokens: 7, cachedInputTokens: 0 };

      expect(usageFromAiSdk(last, result)).toMatchObject({ inputTokens: 46, cacheWriteTokens: 5 });
      expect(usageFromAiSdk(last, { ...result, steps: Promise.resolve(steps) })).toMatchObject({
        inputTokens: 46,
      });
    });
  });

  test('the AI SDK has the cache in the input of other providers', () => {
    const raw = { inputTokens: 100, outputTokens: 3, cachedInputTokens: 90 };

    expect(usageFromAiSdk(raw, { provider: 'openai.chat' })?.inputTokens).toBe(100);
    expect(usageFromAiSdk(raw)?.inputTokens).toBe(100);
  });

  test('Cohere bills other tokens than it consumes: the billed ones count', () => {
    expect(
      usageFromCohere({
        billed_units: { input_tokens: 5, output_tokens: 4 },
        tokens: { input_tokens: 70, output_tokens: 6 },
      }),
    ).toEqual({ inputTokens: 5, outputTokens: 4 });
    expect(usageFromCohere({ tokens: { input_tokens: 70, output_tokens: 6 } })?.inputTokens).toBe(
      70,
    );
  });

  test('what is no usage is none, in all of them', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.constant({ inputTokens: -1, prompt_tokens: 1.5 })),
        (value) => {
          for (const read of [
            usageFromAiSdk,
            usageFromBedrock,
            usageFromCohere,
            usageFromGemini,
            usageFromOpenAi,
          ])
            expect(read(value)).toBeUndefined();
        },
      ),
    );
  });
});

test('usage is read back from the attributes of a span, every count of it', () => {
  const usage = Object.fromEntries(USAGE_ATTRIBUTES.map(([key], index) => [key, index + 1]));
  const attributes = Object.fromEntries(
    USAGE_ATTRIBUTES.map(([, name], index) => [name, index + 1]),
  );

  expect(usageFromAttributes(attributes)).toEqual(usage);
  expect(usageFromAttributes({ 'gen_ai.usage.input_tokens': 'many' })).toBeUndefined();
});

describe('an estimate', () => {
  // A token for each word is as good as any here.
  const tokenizer = { countTokens: (text: string) => text.split(/\s+/).filter(Boolean).length };
  const text = (content: string): object => ({ role: 'user', parts: [{ type: 'text', content }] });
  const content = {
    input: { inputMessages: [text('one two three')] },
    outputMessages: [text('four five')],
  } as Parameters<typeof estimateUsage>[1];

  test('counts what is missing and names it', () => {
    expect(estimateUsage(undefined, content, tokenizer)).toEqual({
      usage: { inputTokens: 3, outputTokens: 2 },
      estimated: ['gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens'],
    });
    expect(estimateUsage({ inputTokens: 7 }, content, tokenizer)).toEqual({
      usage: { inputTokens: 7, outputTokens: 2 },
      estimated: ['gen_ai.usage.output_tokens'],
    });
  });

  test('leaves what was reported as it is', () => {
    const usage = { inputTokens: 7, outputTokens: 9 };

    expect(estimateUsage(usage, content, tokenizer)).toEqual({ usage, estimated: [] });
  });

  test('counts instructions, tools, calls and their results too', () => {
    const whole = {
      input: {
        systemInstructions: [{ type: 'text', content: 'be brief' }],
        toolDefinitions: [{ type: 'function', name: 'search' }],
        inputMessages: [
          {
            role: 'assistant',
            parts: [{ type: 'tool_call', name: 'search', arguments: { q: 1 } }],
          },
          { role: 'tool', parts: [{ type: 'tool_call_response', response: 'two hits' }] },
        ],
      },
    };

    expect(estimateUsage(undefined, whole, { encode: (all) => all.split(/\s+/) }).usage).toEqual({
      inputTokens: 7,
      outputTokens: undefined,
    });
  });

  test('is not made for pictures, sound or texts without an end', () => {
    const picture = { role: 'user', parts: [{ type: 'blob', modality: 'image', content: 'AAEC' }] };
    const long = { role: 'user', parts: [{ type: 'text', content: 'x '.repeat(600_000) }] };
    for (const message of [picture, long])
      expect(estimateUsage(undefined, { input: { inputMessages: [message] } }, tokenizer)).toEqual({
        usage: undefined,
        estimated: [],
      });
  });
});
