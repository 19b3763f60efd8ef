// What the LangSmith SDK (0.12) writes on spans for the counts of a call, by its wrappers of clients and by LangChain.
import { type Attributes, SpanKind } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { costOf, DIALECTS, emitDialects, type Usage } from '../src/index.ts';
import { normalised } from './normalised.ts';
import { readableSpan } from './readable-span.ts';

const AT = Date.UTC(2026, 10, 20);

/** When tiers have prices. */
function seen(attributes: Attributes, kind: SpanKind = SpanKind.INTERNAL): Attributes {
  return normalised(attributes, { kind, startTime: [AT / 1000, 0] });
}

interface Counts {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly total_tokens: number;
  readonly input_token_details?: object;
  readonly output_token_details?: object;
}

function spanOf(model: string, system: string, usage: Counts, more: Attributes = {}): Attributes {
  return {
    'langsmith.span.kind': 'llm',
    'gen_ai.operation.name': 'chat',
    'gen_ai.system': system,
    'gen_ai.request.model': model,
    'gen_ai.usage.input_tokens': usage.input_tokens,
    'gen_ai.usage.output_tokens': usage.output_tokens,
    // Its own sum.
    'gen_ai.usage.total_tokens': usage.input_tokens + usage.output_tokens,
    'langsmith.usage_metadata': JSON.stringify(usage),
    ...(usage.input_token_details && {
      'gen_ai.usage.input_token_details': JSON.stringify(usage.input_token_details),
    }),
    ...(usage.output_token_details && {
      'gen_ai.usage.output_token_details': JSON.stringify(usage.output_token_details),
    }),
    ...more,
  };
}

const totals = { input_tokens: 10_000, output_tokens: 1000, total_tokens: 11_000 };

const gpt5 = spanOf('gpt-5', 'openai', {
  ...totals,
  input_token_details: { cache_read: 9000 },
  output_token_details: { reasoning: 900 },
});
const usage = {
  inputTokens: 10_000,
  outputTokens: 1000,
  cacheReadTokens: 9000,
  reasoningTokens: 900,
};
const read = {
  'gen_ai.usage.input_tokens': 10_000,
  'gen_ai.usage.output_tokens': 1000,
  'gen_ai.usage.cache_read.input_tokens': 9000,
  'gen_ai.usage.reasoning.output_tokens': 900,
};

function costs(provider: string, model: string, of: Usage, tier?: string): number {
  const cost = costOf({ provider, model, usage: of, tier, at: AT });
  expect(cost).toBeDefined();
  return cost!.microUsd;
}

describe('a call that LangSmith saw', () => {
  test('has its cached and reasoning tokens, and costs what they cost', () => {
    const span = seen(gpt5);

    expect(span).toMatchObject(read);
    expect(span).toMatchObject({ 'llm_otel.cost.micro_usd': costs('openai', 'gpt-5', usage) });
    expect(Object.keys(span).join()).not.toContain('token_details');
  });

  test.each(['priority', 'flex'])('in the tier %s costs what that costs', (tier) => {
    const counts = {
      ...totals,
      input_token_details: { [`${tier}_cache_read`]: 9000, [tier]: 1000 },
      output_token_details: { [`${tier}_reasoning`]: 900, [tier]: 100 },
    };
    const expected = {
      ...read,
      'openai.response.service_tier': tier,
      'llm_otel.cost.tier': tier,
      'llm_otel.cost.micro_usd': costs('openai', 'gpt-5', usage, tier),
    };
    const told = { 'gen_ai.response.service_tier': tier };

    expect(seen(spanOf('gpt-5', 'openai', counts, told))).toMatchObject(expected);
    // Where the names of the parts alone tell it.
    expect(seen(spanOf('gpt-5', 'openai', counts))).toMatchObject(expected);
  });

  test('in the ordinary tier of OpenAI has that tier', () => {
    expect(seen({ ...gpt5, 'gen_ai.response.service_tier': 'default' })).toMatchObject({
      'openai.response.service_tier': 'default',
      'llm_otel.cost.micro_usd': costs('openai', 'gpt-5', usage),
    });
  });

  test('at another provider has its tier under the name that the cost asks for', () => {
    const span = seen({
      ...spanOf('some-model', 'groq', totals),
      'gen_ai.response.service_tier': 'flex',
    });

    expect(span).toMatchObject({ 'llm_otel.cost.tier': 'flex' });
    expect(span).not.toHaveProperty(['openai.response.service_tier']);
    expect(
      seen({ ...spanOf('m', 'groq', totals), 'gen_ai.response.service_tier': 'on_demand' }),
    ).not.toHaveProperty(['llm_otel.cost.tier']);
  });

  const wrote = {
    inputTokens: 10_000,
    outputTokens: 1000,
    cacheReadTokens: 5000,
    cacheWriteTokens: 3000,
  };
  test.each<[string, object, number?]>([
    ['by its wrapper of the client', { ephemeral_5m_input_tokens: 3000 }],
    [
      'by its wrapper, for two times',
      { ephemeral_5m_input_tokens: 1000, ephemeral_1hr_input_tokens: 2000 },
      2000,
    ],
    [
      'by LangChain of today',
      { cache_creation: 0, ephemeral_5m_input_tokens: 1000, ephemeral_1h_input_tokens: 2000 },
      2000,
    ],
    [
      'by LangChain before',
      { cache_creation: 3000, ephemeral_5m_input_tokens: 1000, ephemeral_1h_input_tokens: 2000 },
      2000,
    ],
    ['as a total', { cache_creation: 3000 }],
  ])('of Anthropic has what was written to the cache, told %s', (_, details, oneHour) => {
    const counts = { ...totals, input_token_details: { cache_read: 5000, ...details } };
    const span = seen(spanOf('claude-opus-5', 'anthropic', counts));

    expect(span).toMatchObject({
      'gen_ai.usage.input_tokens': 10_000,
      'gen_ai.usage.cache_read.input_tokens': 5000,
      'gen_ai.usage.cache_write.input_tokens': 3000,
      'llm_otel.cost.micro_usd': costs('anthropic', 'claude-opus-5', {
        ...wrote,
        cacheWriteOneHourTokens: oneHour,
      }),
    });
    expect(span['llm_otel.usage.cache_write.one_hour.input_tokens']).toBe(oneHour);
  });

  test('of Gemini has its reasoning in the output, and all of its cache', () => {
    const span = seen(
      spanOf('gemini-2.5-pro', 'gemini', {
        input_tokens: 300_000,
        output_tokens: 100,
        total_tokens: 300_500,
        input_token_details: { cache_read: 200_000, cache_read_over_200k: 50_000, over_200k: 0 },
        output_token_details: { over_200k: 0, reasoning: 400 },
      }),
    );

    expect(span).toMatchObject({
      'gen_ai.usage.input_tokens': 300_000,
      'gen_ai.usage.cache_read.input_tokens': 250_000,
      'gen_ai.usage.output_tokens': 500,
      'gen_ai.usage.reasoning.output_tokens': 400,
    });
  });

  test('has the counts that the application gave its run', () => {
    const { 'langsmith.usage_metadata': whole, ...rest } = gpt5;
    const bare = Object.fromEntries(
      Object.entries(rest).filter(([name]) => !name.startsWith('gen_ai.usage')),
    );

    expect(seen({ ...bare, 'langsmith.metadata.usage_metadata': whole })).toMatchObject(read);
  });

  test('has sound and pictures apart', () => {
    const counts = {
      ...totals,
      input_token_details: { audio: 40, image: 30, text: 9930 },
      output_token_details: { audio: 5 },
    };

    expect(seen(spanOf('gpt-5', 'openai', counts))).toMatchObject({
      'gen_ai.usage.audio.input_tokens': 40,
      'gen_ai.usage.image.input_tokens': 30,
      'gen_ai.usage.text.input_tokens': 9930,
      'gen_ai.usage.audio.output_tokens': 5,
    });
  });

  test('keeps a count that nobody here knows, and what is no count', () => {
    const details = JSON.stringify({ cache_read: 5, tokens_of_tomorrow: 7 });
    const span = seen({ ...gpt5, 'gen_ai.usage.input_token_details': details });

    expect(span).toMatchObject({
      'gen_ai.usage.cache_read.input_tokens': 5,
      'gen_ai.usage.input_token_details': details,
    });
    for (const odd of ['[', 'null', '7', '{"cache_read":"x"}', '{"cache_read":-1}'])
      expect(
        seen({ 'langsmith.span.kind': 'llm', 'gen_ai.usage.input_token_details': odd }),
      ).not.toHaveProperty(['gen_ai.usage.cache_read.input_tokens']);
  });

  test('has the provider of its metadata, not the one its model sounds like, and a list of reasons', () => {
    const span = seen({
      ...gpt5,
      'langsmith.metadata.ls_provider': 'azure',
      'gen_ai.response.finish_reasons': 'stop, tool_calls',
    });

    expect(span).toMatchObject({
      'gen_ai.provider.name': 'azure.ai.openai',
      'gen_ai.response.finish_reasons': ['stop', 'tool_call'],
    });
    expect(
      seen({ 'langsmith.span.kind': 'chain', 'gen_ai.system': 'langchain' }),
    ).not.toHaveProperty(['gen_ai.provider.name']);
  });

  const inTier = {
    ...totals,
    input_token_details: { priority_cache_read: 9000, priority: 1000 },
    output_token_details: { priority_reasoning: 900, priority: 100, audio: 4 },
  };
  const written = {
    ...totals,
    input_token_details: { ephemeral_5m_input_tokens: 1000, ephemeral_1hr_input_tokens: 2000 },
  };
  test.each(
    DIALECTS.flatMap(
      (dialect) =>
        [
          [
            dialect,
            spanOf('gpt-5', 'openai', inTier, { 'gen_ai.response.service_tier': 'priority' }),
          ],
          [dialect, spanOf('claude-opus-5', 'anthropic', written)],
        ] as const,
    ),
  )('is read again from %s as it was', (dialect, attributes) => {
    const before = seen(attributes);
    expect(before).toHaveProperty(['llm_otel.cost.micro_usd']);
    const said = emitDialects([dialect]).transform(readableSpan(before));
    const after = seen(said.attributes);

    expect({ ...after, 'llm_otel.dialect.source': 'langsmith' }).toEqual(before);
  });
});

test('totals of a chain are moved with their parts, and tell no tier', () => {
  const span = seen({
    ...gpt5,
    'langsmith.span.kind': 'chain',
    'gen_ai.operation.name': 'chain',
    'gen_ai.usage.input_token_details': '{"priority_cache_read":9000,"audio":4}',
  });
  const own = (name: string): boolean => /^gen_ai\.usage|tier|cost/.test(name);

  expect(Object.keys(span).filter(own)).toEqual([]);
});
