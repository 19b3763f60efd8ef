import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans } from '@llm-otel/testing';
import { type ReadableSpan, spanView } from '@llm-otel/core';
import { expect, test } from 'vitest';
import { keepExactCost } from './exact-cost.ts';
import { createGenAi, exactCostOfSpan, withPrices } from '../index.ts';

const prices = withPrices(
  [
    {
      provider: 'openai',
      model: 'tiny',
      source: 'test',
      prices: [{ from: '2000-01-01', input: 4000, output: 4000 }],
    },
    {
      provider: 'openai',
      model: 'tiny-embedding',
      source: 'test',
      prices: [{ from: '2000-01-01', input: 4000 }],
    },
  ],
  { version: 'test' },
);

function priced(): readonly ReadableSpan[] {
  const recorder = recordSpans();
  const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
  const genAi = createGenAi({ tracer, prices });
  const provider = 'openai';
  genAi.inference({ provider, model: 'tiny' }, (call) =>
    call.recordResponse({ usage: { inputTokens: 100, outputTokens: 0 } }),
  );
  genAi.embeddings({ provider, model: 'tiny-embedding' }, (call) =>
    call.recordResponse({ inputTokens: 200 }),
  );
  return recorder.spans;
}

test('a call keeps the cost that its attribute rounds, also behind a stage that changed the span', () => {
  const [call, embeddings] = priced();

  expect(call?.attributes['llm_otel.cost.micro_usd']).toBe(0);
  expect(call && exactCostOfSpan(call)).toBe(0.4);
  expect(embeddings && exactCostOfSpan(spanView(embeddings, {}))).toBe(0.8);
});

test('the attribute counts where someone priced the span again, and where it comes from elsewhere', () => {
  const [call] = priced();
  const again = { 'llm_otel.cost.micro_usd': 12 };

  expect(call && exactCostOfSpan(spanView(call, { attributes: again }))).toBe(12);
  const stored = { spanContext: () => ({ traceId: '1', spanId: '2', traceFlags: 1 }) };
  expect(exactCostOfSpan({ ...stored, attributes: again })).toBe(12);
});

test('a span context shows no trace of the cost, and one that is frozen keeps none', () => {
  const [call] = priced();
  const own = call?.spanContext() ?? {};
  const frozen = Object.freeze({ traceId: '1', spanId: '2', traceFlags: 1 });
  const span = { spanContext: () => frozen, attributes: { 'llm_otel.cost.micro_usd': 0 } };
  const amount = { microUsd: 0, exactMicroUsd: 0.4 };
  keepExactCost(span, {
    ...amount,
    priceTable: '',
    priceId: '',
    priceSource: '',
    tier: 'standard',
  });

  expect(Reflect.ownKeys({ ...own })).toEqual(Object.keys(own));
  expect(exactCostOfSpan(span)).toBe(0);
});

test.each([undefined, -1, Number.NaN, '7'])('%s is no cost', (value) => {
  const [call] = priced();
  const attributes = { 'llm_otel.cost.micro_usd': value };

  expect(call && exactCostOfSpan(spanView(call, { attributes }))).toBeUndefined();
});
