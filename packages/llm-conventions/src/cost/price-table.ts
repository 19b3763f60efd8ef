import type { PriceTable } from './price-types.ts';

// List prices of the provider's own API, standard tier, without batch or regional prices. The source is the page
// where the provider publishes them. The figures were compared on 2026-11-20 with public copies and reports of
// that page, not with the live page.
const OPENAI = 'platform.openai.com/docs/pricing, by public copies as of 2026-11-20';
const ANTHROPIC =
  'platform.claude.com/docs/en/about-claude/pricing, by public copies as of 2026-11-20';

/** The built-in prices, in micro-USD per million tokens. Data only; `costOf` reads it. */
export const priceTable: PriceTable = {
  version: 'llm-otel-2026-11-20',
  models: [
    {
      provider: 'openai',
      model: 'gpt-5',
      prices: [{ from: '2025-08-07', input: 1_250_000, output: 10_000_000, cacheRead: 125_000 }],
      source: OPENAI,
    },
    {
      provider: 'openai',
      model: 'gpt-5-mini',
      prices: [{ from: '2025-08-07', input: 250_000, output: 2_000_000, cacheRead: 25_000 }],
      source: OPENAI,
    },
    {
      provider: 'openai',
      model: 'gpt-5-nano',
      prices: [{ from: '2025-08-07', input: 50_000, output: 400_000, cacheRead: 5_000 }],
      source: OPENAI,
    },
    {
      provider: 'openai',
      model: 'gpt-4o-mini',
      prices: [{ from: '2024-10-01', input: 150_000, output: 600_000, cacheRead: 75_000 }],
      source: OPENAI,
    },
    {
      provider: 'openai',
      model: 'text-embedding-3-small',
      prices: [{ from: '2024-01-25', input: 20_000 }],
      source: OPENAI,
    },
    {
      provider: 'anthropic',
      model: 'claude-sonnet-4-5',
      prices: [
        {
          from: '2025-09-29',
          input: 3_000_000,
          output: 15_000_000,
          cacheRead: 300_000,
          cacheWrite: 3_750_000,
          cacheWriteOneHour: 6_000_000,
          // Longer prompts had another price.
          maxInputTokens: 200_000,
        },
      ],
      source: ANTHROPIC,
    },
    {
      provider: 'anthropic',
      model: 'claude-haiku-4-5',
      prices: [
        {
          from: '2025-10-15',
          input: 1_000_000,
          output: 5_000_000,
          cacheRead: 100_000,
          cacheWrite: 1_250_000,
          cacheWriteOneHour: 2_000_000,
        },
      ],
      source: ANTHROPIC,
    },
  ],
};
