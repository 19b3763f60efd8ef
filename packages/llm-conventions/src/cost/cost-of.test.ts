import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { costOf } from './cost-of.ts';
import type { PriceTable } from './price-types.ts';

const at = new Date('2026-06-01T00:00:00Z');

function microUsd(provider: string, model: string, usage: object): number | undefined {
  return costOf({ provider, model, usage, at })?.microUsd;
}

test('cost_calculation_accuracy: costs worked out by hand, one for each price', () => {
  // 1,000,000 input at 1.25 USD, 1,000,000 output at 10 USD.
  expect(microUsd('openai', 'gpt-5', { inputTokens: 1e6, outputTokens: 0 })).toBe(1_250_000);
  expect(microUsd('openai', 'gpt-5', { inputTokens: 0, outputTokens: 1e6 })).toBe(10_000_000);
  // 1,000 of 3,000 from the cache: 2000 x 0.15 + 1000 x 0.075 + 100 x 0.60 = 300 + 75 + 60.
  expect(
    microUsd('openai', 'gpt-4o-mini', {
      inputTokens: 3000,
      cacheReadTokens: 1000,
      outputTokens: 100,
      reasoningTokens: 90,
    }),
  ).toBe(435);
  // 1000 x 3 + 5000 x 0.30 + 1000 x 3.75 + 1000 x 6 + 200 x 15 = 3000 + 1500 + 3750 + 6000 + 3000.
  expect(
    microUsd('anthropic', 'claude-sonnet-4-5', {
      inputTokens: 8000,
      cacheReadTokens: 5000,
      cacheWriteTokens: 2000,
      cacheWriteOneHourTokens: 1000,
      outputTokens: 200,
    }),
  ).toBe(17_250);
  // 10 x 1 + 1 x 5.
  expect(microUsd('anthropic', 'claude-haiku-4-5', { inputTokens: 10, outputTokens: 1 })).toBe(15);
  expect(microUsd('openai', 'text-embedding-3-small', { inputTokens: 100 })).toBe(2);
});

test('a fraction of a micro-USD is rounded once, half up', () => {
  // 1 x 0.25 = 0.25 and 2 x 0.25 = 0.5.
  expect(microUsd('openai', 'gpt-5-mini', { inputTokens: 1, outputTokens: 0 })).toBe(0);
  expect(microUsd('openai', 'gpt-5-mini', { inputTokens: 2, outputTokens: 0 })).toBe(1);
});

test('a model id with a date has the price of the model', () => {
  const usage = { inputTokens: 1000, outputTokens: 0 };

  expect(microUsd('openai', 'gpt-5-mini-2025-08-07', usage)).toBe(250);
  expect(microUsd('anthropic', 'claude-sonnet-4-5-20250929', usage)).toBe(3000);
});

test('what is not known has no cost, not zero', () => {
  const usage = { inputTokens: 1, outputTokens: 1 };

  expect(microUsd('openai', 'gpt-5-ultra', usage)).toBeUndefined();
  expect(microUsd('aws.bedrock', 'claude-sonnet-4-5', usage)).toBeUndefined();
  expect(microUsd('openai', 'gpt-5', { inputTokens: 1 })).toBeUndefined();
  expect(microUsd('openai', 'gpt-5', { outputTokens: 1 })).toBeUndefined();
  // No price for cache writes of this model.
  expect(microUsd('openai', 'gpt-5', { ...usage, cacheWriteTokens: 1 })).toBeUndefined();
  // More cached than there was input.
  expect(microUsd('openai', 'gpt-5', { ...usage, cacheReadTokens: 2 })).toBeUndefined();
  expect(costOf({ provider: 'openai', model: 'gpt-5', usage, at: Number.NaN })).toBeUndefined();
});

test.each([
  {},
  { model: undefined },
  { model: 5 },
  { provider: null },
  { usage: undefined },
  { usage: null },
  { tier: 3 },
])('a question without its facts has no answer, and throws nothing: %j', (facts) => {
  const question = Object.keys(facts).length === 0 ? {} : { ...asked, ...facts };

  expect(costOf(question as never)).toBeUndefined();
});

const asked = {
  provider: 'openai',
  model: 'gpt-5',
  usage: { inputTokens: 1, outputTokens: 1 },
  at,
};

test('the price of the day of the call holds, and names its table', () => {
  const table: PriceTable = {
    version: 'mine-1',
    models: [
      {
        provider: 'p',
        model: 'm',
        source: 'a contract',
        prices: [
          { from: '2026-01-01', input: 2_000_000, output: 0 },
          { from: '2026-07-01', input: 1_000_000, output: 0 },
        ],
      },
    ],
  };
  const ask = (day: string): unknown =>
    costOf(
      { provider: 'p', model: 'm', usage: { inputTokens: 5, outputTokens: 0 }, at: new Date(day) },
      table,
    );

  expect(ask('2026-06-30T23:59:59Z')).toMatchObject({ microUsd: 10, priceTable: 'mine-1' });
  expect(ask('2026-07-01T00:00:00Z')).toMatchObject({ microUsd: 5, priceTable: 'mine-1' });
});

test('the sum is exact for any number of tokens, compared with BigInt', () => {
  const tokens = fc.nat({ max: 2_000_000_000 });
  fc.assert(
    fc.property(tokens, tokens, tokens, (uncached, cacheReadTokens, outputTokens) => {
      const usage = { inputTokens: uncached + cacheReadTokens, cacheReadTokens, outputTokens };
      const exact =
        BigInt(uncached) * 1_250_000n +
        BigInt(cacheReadTokens) * 125_000n +
        BigInt(outputTokens) * 10_000_000n;

      const cost = costOf({ provider: 'openai', model: 'gpt-5', usage, at });
      expect(BigInt(cost?.microUsd ?? -1)).toBe((exact + 500_000n) / 1_000_000n);
      const sixDigits = Number(exact / 1_000_000n) + Number(exact % 1_000_000n) / 1e6;
      expect(cost?.exactMicroUsd).toBe(sixDigits);
    }),
  );
});
