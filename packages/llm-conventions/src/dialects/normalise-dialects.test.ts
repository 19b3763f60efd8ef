import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanReceiver } from '@llm-otel/core';
import { describe, expect, test } from 'vitest';
import { readableSpan } from '../../test/readable-span.ts';
import { priceTable } from '../cost/price-table.ts';
import { withPrices } from '../cost/with-prices.ts';
import {
  inCurrentNames,
  normaliseDialects,
  type NormaliseDialectsOptions,
} from './normalise-dialects.ts';

const report = { sampledOut: () => {}, dropped: () => {} };

function normalised(attributes: Attributes): Attributes {
  return inCurrentNames(readableSpan(attributes)).attributes;
}

test('every renamed attribute is read under its current name', () => {
  expect(
    normalised({
      'gen_ai.system': 'openai',
      'gen_ai.usage.prompt_tokens': 3,
      'gen_ai.usage.completion_tokens': 4,
      'gen_ai.usage.cache_creation.input_tokens': 1,
      'gen_ai.openai.request.seed': 7,
      'gen_ai.openai.request.response_format': 'json_schema',
      'gen_ai.openai.request.service_tier': 'default',
      'gen_ai.openai.response.service_tier': 'default',
      'gen_ai.openai.response.system_fingerprint': 'fp',
      'app.kept': true,
    }),
  ).toEqual({
    'gen_ai.provider.name': 'openai',
    'gen_ai.usage.input_tokens': 3,
    'gen_ai.usage.output_tokens': 4,
    'gen_ai.usage.cache_write.input_tokens': 1,
    'gen_ai.request.seed': 7,
    'gen_ai.output.type': 'json',
    'openai.request.service_tier': 'default',
    'openai.response.service_tier': 'default',
    'openai.response.system_fingerprint': 'fp',
    'app.kept': true,
  });
});

test('provider values are renamed under both names', () => {
  expect(normalised({ 'gen_ai.system': 'az.ai.openai' })).toEqual({
    'gen_ai.provider.name': 'azure.ai.openai',
  });
  expect(normalised({ 'gen_ai.provider.name': 'vertex_ai' })).toEqual({
    'gen_ai.provider.name': 'gcp.vertex_ai',
  });
});

test('where a span has both names the current one wins', () => {
  expect(normalised({ 'gen_ai.provider.name': 'groq', 'gen_ai.system': 'openai' })).toEqual({
    'gen_ai.provider.name': 'groq',
  });
});

test('a span in current names passes as the same object', () => {
  const span = readableSpan({ 'gen_ai.provider.name': 'openai', 'gen_ai.token.type': 'kept' });

  expect(inCurrentNames(span)).toBe(span);
});

test('the original span is not changed', () => {
  const span = readableSpan({ 'gen_ai.system': 'gemini' });

  inCurrentNames(span);

  expect(span.attributes).toEqual({ 'gen_ai.system': 'gemini' });
});

test('the stage hands every span on and forwards the other members of its receiver', () => {
  const received: ReadableSpan[] = [];
  const calls: string[] = [];
  const receiver: SpanReceiver = {
    onEnd: (span) => void received.push(span),
    heldSpans: () => 3,
    drain: () => void calls.push('drain'),
    close: () => void calls.push('close'),
  };

  const stage = normaliseDialects()(receiver, report);
  stage.onEnd(readableSpan({ 'gen_ai.system': 'openai' }));
  stage.drain?.();
  stage.close?.();

  expect(received[0]?.attributes).toEqual({ 'gen_ai.provider.name': 'openai' });
  expect(stage.heldSpans?.()).toBe(3);
  expect(calls).toEqual(['drain', 'close']);
  expect(Object.keys(normaliseDialects()({ onEnd: () => {} }, report))).toEqual(['onEnd']);
});

describe('a model call of another library', () => {
  const call = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5',
    'gen_ai.usage.input_tokens': 1000,
    'gen_ai.usage.output_tokens': 100,
  };

  function staged(
    attributes: Attributes,
    options?: NormaliseDialectsOptions,
    changes: Partial<ReadableSpan> = {},
  ): Attributes {
    const passed: ReadableSpan[] = [];
    const stage = normaliseDialects(options)({ onEnd: (span) => passed.push(span) }, report);
    stage.onEnd({ ...readableSpan(attributes), ...changes });
    return passed[0]?.attributes ?? {};
  }

  test('has a cost behind the stage, with the price of its day', () => {
    // 2026-11-20; 1000 x 1.25 + 100 x 10.
    expect(staged(call, {}, { startTime: [1_795_132_800, 0] })).toEqual({
      ...call,
      'llm_otel.cost.micro_usd': 2250,
      'llm_otel.cost.price_table': priceTable.version,
      'llm_otel.cost.price_source': 'openai/gpt-5@2026-10-14',
    });
    expect(staged({ ...call, 'gen_ai.system': 'openai' })['llm_otel.cost.micro_usd']).toBe(2250);
  });

  test('of Claude by the AI SDK 5, which leaves out the cache, has the price of all of its tokens', () => {
    const ofAiSdk = {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'anthropic.messages',
      'ai.model.id': 'claude-opus-5',
      'ai.usage.inputTokens': 100,
      'ai.usage.outputTokens': 0,
      'ai.usage.cachedInputTokens': 90,
    };

    // 100 x 5 + 90 x 0.5
    expect(staged(ofAiSdk, {}, { startTime: [1_795_132_800, 0] })).toMatchObject({
      'gen_ai.usage.input_tokens': 190,
      'llm_otel.cost.micro_usd': 545,
    });
  });

  test.each<[string, object, Attributes]>([
    ['as one attribute each', { 'langfuse.observation.metadata.ls_provider': 'anthropic' }, {}],
    ['as JSON', { 'langfuse.observation.metadata': '{"ls_provider":"anthropic"}' }, {}],
    [
      'of a call for embeddings',
      { 'langfuse.observation.metadata.ls_provider': 'openai' },
      {
        'langfuse.observation.type': 'embedding',
        'langfuse.observation.model.name': 'text-embedding-3-large',
        'langfuse.observation.usage_details': '{"input":38462}',
      },
    ],
  ])(
    'by Langfuse has the provider that LangChain tells in its metadata, and a cost: %s',
    (_, metadata, more) => {
      const generation = {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.model.name': 'claude-opus-5',
        'langfuse.observation.usage_details': '{"input":1000,"output":0}',
      };
      const attributes = staged({ ...generation, ...more, ...metadata });

      expect(attributes['llm_otel.cost.micro_usd']).toBe(5000);
      // It is the application's, and stays.
      expect(attributes).toMatchObject(metadata);
    },
  );

  test.each<[string, Attributes, number | undefined]>([
    ['is told', { metadata: '{"ls_provider":"anthropic","ls_model_type":"chat"}' }, 5000],
    [
      'is told beside another name, which counts',
      { metadata: '{"ls_provider":"openai"}', 'llm.provider': 'anthropic' },
      5000,
    ],
    ['is not told', { metadata: '{"user":"ada"}' }, undefined],
    ['cannot be read', { metadata: '{"ls_pro' }, undefined],
  ])('by OpenInference under LangChain has a cost where the provider %s', (_, more, cost) => {
    const attributes = staged({
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'claude-opus-5',
      'llm.token_count.prompt': 1000,
      'llm.token_count.completion': 0,
      ...more,
    });

    expect(attributes['llm_otel.cost.micro_usd']).toBe(cost);
    expect(attributes['metadata']).toBe(more['metadata']);
  });

  test('a chain of OpenInference has no provider', () => {
    const metadata = '{"ls_provider":"anthropic"}';

    expect(staged({ 'openinference.span.kind': 'CHAIN', metadata })).not.toHaveProperty([
      'gen_ai.provider.name',
    ]);
  });

  test('by Langfuse that names no provider has no cost: the same model costs differently elsewhere', () => {
    const attributes = staged({
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': 'claude-opus-5',
      'langfuse.observation.usage_details': '{"input":1000,"output":0}',
    });

    expect(attributes).not.toHaveProperty(['gen_ai.provider.name']);
    expect(attributes).not.toHaveProperty(['llm_otel.cost.micro_usd']);
  });

  test('is priced with the table that is given, or not at all', () => {
    const prices = withPrices(
      [
        {
          provider: 'openai',
          model: 'gpt-5',
          source: 'contract',
          prices: [{ from: '1970-01-01', input: 1_000_000, output: 0 }],
        },
      ],
      { version: 'mine' },
    );

    expect(staged(call, { prices })).toMatchObject({
      'llm_otel.cost.micro_usd': 1000,
      'llm_otel.cost.price_table': 'mine',
      'llm_otel.cost.price_source': 'openai/gpt-5',
    });
    expect(staged(call, { prices: false })).toEqual(call);
  });

  test.each([
    ['has one already', { ...call, 'llm_otel.cost.micro_usd': 7 }],
    ['is no call', { ...call, 'gen_ai.operation.name': 'execute_tool' }],
    ['is of a model nobody knows', { ...call, 'gen_ai.request.model': 'x' }],
    ['has no usage', { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-5' }],
  ])('stays as it is where it %s', (_, attributes) => {
    expect(staged(attributes)).toEqual(attributes);
  });

  test('that was recorded here keeps the cost it has, or has none', () => {
    const instrumentationScope = { name: '@llm-otel/llm-conventions' };

    expect(staged(call, {}, { instrumentationScope })).toEqual(call);
  });
});
