import type { PriceList } from '../price-list.ts';

// The batch API costs half of everything, the cache included. The cache reads of Sonnet 5.5 became cheaper on
// 2026-10-07, which the release notes of PromptFuel 1.0.23 tell.
export const anthropicPrices: PriceList = {
  provider: 'anthropic',
  source:
    'platform.claude.com/docs/en/about-claude/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026); the tables of that page compared 2026-11-27',
  prices: `
claude-fable-5-2 : input 8 output 40 cacheRead 0.2 cacheWrite 10 cacheWriteOneHour 16
claude-fable-5-2 batch : input 4 output 20 cacheRead 0.1 cacheWrite 5 cacheWriteOneHour 8
claude-fable-5-1 : input 10 output 50 cacheRead 0.25 cacheWrite 12.5 cacheWriteOneHour 20
claude-fable-5-1 batch : input 5 output 25 cacheRead 0.125 cacheWrite 6.25 cacheWriteOneHour 10
claude-fable-5-1 from 2026-10-14 : input 10 output 50 cacheRead 0.25 cacheWrite 12.5 cacheWriteOneHour 20
claude-fable-5-1 from 2026-10-14 batch : input 5 output 25 cacheRead 0.125 cacheWrite 6.25 cacheWriteOneHour 10
claude-fable-5 : input 10 output 50 cacheRead 1 cacheWrite 12.5 cacheWriteOneHour 20
claude-fable-5 batch : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-fable-5 from 2026-10-14 : input 10 output 50 cacheRead 1 cacheWrite 12.5 cacheWriteOneHour 20
claude-fable-5 from 2026-10-14 batch : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-5-5 : input 4 output 20 cacheRead 0.2 cacheWrite 5 cacheWriteOneHour 8
claude-opus-5-5 batch : input 2 output 10 cacheRead 0.1 cacheWrite 2.5 cacheWriteOneHour 4
claude-opus-5-5 from 2026-10-14 : input 4 output 20 cacheRead 0.2 cacheWrite 5 cacheWriteOneHour 8
claude-opus-5-5 from 2026-10-14 batch : input 2 output 10 cacheRead 0.1 cacheWrite 2.5 cacheWriteOneHour 4
claude-opus-5 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-5 batch : input 2.5 output 12.5 cacheRead 0.25 cacheWrite 3.125 cacheWriteOneHour 5
claude-opus-5 from 2026-10-14 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-5 from 2026-10-14 batch : input 2.5 output 12.5 cacheRead 0.25 cacheWrite 3.125 cacheWriteOneHour 5
claude-opus-4-8 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-4-8 batch : input 2.5 output 12.5 cacheRead 0.25 cacheWrite 3.125 cacheWriteOneHour 5
claude-opus-4-8 from 2026-10-14 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-4-8 from 2026-10-14 batch : input 2.5 output 12.5 cacheRead 0.25 cacheWrite 3.125 cacheWriteOneHour 5
claude-opus-4-7 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-4-7 batch : input 2.5 output 12.5 cacheRead 0.25 cacheWrite 3.125 cacheWriteOneHour 5
claude-opus-4-7 from 2026-10-14 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-4-7 from 2026-10-14 batch : input 2.5 output 12.5 cacheRead 0.25 cacheWrite 3.125 cacheWriteOneHour 5
claude-opus-4-6 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-4-6 above 200000 : input 10 output 37.5 cacheRead 1 cacheWrite 12.5 cacheWriteOneHour 20
claude-opus-4-6 batch : input 2.5 output 12.5 cacheRead 0.25 cacheWrite 3.125 cacheWriteOneHour 5
claude-opus-4-6 batch above 200000 : input 5 output 18.75 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-4-6 from 2026-03-13 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-4-6 from 2026-03-13 batch : input 2.5 output 12.5 cacheRead 0.25 cacheWrite 3.125 cacheWriteOneHour 5
claude-opus-4-6 from 2026-10-14 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-4-6 from 2026-10-14 batch : input 2.5 output 12.5 cacheRead 0.25 cacheWrite 3.125 cacheWriteOneHour 5
claude-opus-4-5 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-4-5 batch : input 2.5 output 12.5 cacheRead 0.25 cacheWrite 3.125 cacheWriteOneHour 5
claude-opus-4-5 from 2026-10-14 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-4-5 from 2026-10-14 batch : input 2.5 output 12.5 cacheRead 0.25 cacheWrite 3.125 cacheWriteOneHour 5
claude-opus-4-1 : input 15 output 75 cacheRead 1.5 cacheWrite 18.75 cacheWriteOneHour 30
claude-opus-4-1 batch : input 7.5 output 37.5 cacheRead 0.75 cacheWrite 9.375 cacheWriteOneHour 15
claude-sonnet-5-5 : input 2 output 10 cacheRead 0.2 cacheWrite 2.5 cacheWriteOneHour 4
claude-sonnet-5-5 batch : input 1 output 5 cacheRead 0.1 cacheWrite 1.25 cacheWriteOneHour 2
claude-sonnet-5-5 from 2026-10-07 : input 2 output 10 cacheRead 0.1 cacheWrite 2.5 cacheWriteOneHour 4
claude-sonnet-5-5 from 2026-10-07 batch : input 1 output 5 cacheRead 0.05 cacheWrite 1.25 cacheWriteOneHour 2
claude-sonnet-5-5 from 2026-10-14 : input 2 output 10 cacheRead 0.1 cacheWrite 2.5 cacheWriteOneHour 4
claude-sonnet-5-5 from 2026-10-14 batch : input 1 output 5 cacheRead 0.05 cacheWrite 1.25 cacheWriteOneHour 2
claude-sonnet-5 : input 2 output 10 cacheRead 0.2 cacheWrite 2.5 cacheWriteOneHour 4
claude-sonnet-5 batch : input 1 output 5 cacheRead 0.1 cacheWrite 1.25 cacheWriteOneHour 2
claude-sonnet-5 from 2026-10-14 : input 2 output 10 cacheRead 0.2 cacheWrite 2.5 cacheWriteOneHour 4
claude-sonnet-5 from 2026-10-14 batch : input 1 output 5 cacheRead 0.1 cacheWrite 1.25 cacheWriteOneHour 2
claude-sonnet-4-6 : input 3 output 15 cacheRead 0.3 cacheWrite 3.75 cacheWriteOneHour 6
claude-sonnet-4-6 above 200000 : input 6 output 22.5 cacheRead 0.6 cacheWrite 7.5 cacheWriteOneHour 12
claude-sonnet-4-6 batch : input 1.5 output 7.5 cacheRead 0.15 cacheWrite 1.875 cacheWriteOneHour 3
claude-sonnet-4-6 batch above 200000 : input 3 output 11.25 cacheRead 0.3 cacheWrite 3.75 cacheWriteOneHour 6
claude-sonnet-4-6 from 2026-03-13 : input 3 output 15 cacheRead 0.3 cacheWrite 3.75 cacheWriteOneHour 6
claude-sonnet-4-6 from 2026-03-13 batch : input 1.5 output 7.5 cacheRead 0.15 cacheWrite 1.875 cacheWriteOneHour 3
claude-sonnet-4-6 from 2026-10-14 : input 3 output 15 cacheRead 0.3 cacheWrite 3.75 cacheWriteOneHour 6
claude-sonnet-4-6 from 2026-10-14 batch : input 1.5 output 7.5 cacheRead 0.15 cacheWrite 1.875 cacheWriteOneHour 3
claude-sonnet-4-5 : input 3 output 15 cacheRead 0.3 cacheWrite 3.75 cacheWriteOneHour 6
claude-sonnet-4-5 above 200000 : input 6 output 22.5 cacheRead 0.6 cacheWrite 7.5 cacheWriteOneHour 12
claude-sonnet-4-5 batch : input 1.5 output 7.5 cacheRead 0.15 cacheWrite 1.875 cacheWriteOneHour 3
claude-sonnet-4-5 batch above 200000 : input 3 output 11.25 cacheRead 0.3 cacheWrite 3.75 cacheWriteOneHour 6
claude-sonnet-4-5 from 2026-10-14 : input 3 output 15 cacheRead 0.3 cacheWrite 3.75 cacheWriteOneHour 6
claude-sonnet-4-5 from 2026-10-14 above 200000 : input 6 output 22.5 cacheRead 0.6 cacheWrite 7.5 cacheWriteOneHour 12
claude-sonnet-4-5 from 2026-10-14 batch : input 1.5 output 7.5 cacheRead 0.15 cacheWrite 1.875 cacheWriteOneHour 3
claude-sonnet-4-5 from 2026-10-14 batch above 200000 : input 3 output 11.25 cacheRead 0.3 cacheWrite 3.75 cacheWriteOneHour 6
claude-sonnet-4 = claude-sonnet-4-0
claude-sonnet-4-0 : input 3 output 15 cacheRead 0.3 cacheWrite 3.75 cacheWriteOneHour 6
claude-sonnet-4-0 batch : input 1.5 output 7.5 cacheRead 0.15 cacheWrite 1.875 cacheWriteOneHour 3
claude-haiku-5-5 : input 0.1 output 0.5 cacheRead 0.01 cacheWrite 0.125 cacheWriteOneHour 0.2
claude-haiku-5-5 above 100000 : input 0.5 output 2.5 cacheRead 0.05 cacheWrite 0.625 cacheWriteOneHour 1
claude-haiku-5-5 batch : input 0.05 output 0.25 cacheRead 0.005 cacheWrite 0.0625 cacheWriteOneHour 0.1
claude-haiku-5-5 batch above 100000 : input 0.25 output 1.25 cacheRead 0.025 cacheWrite 0.3125 cacheWriteOneHour 0.5
claude-haiku-5-5 from 2026-10-14 : input 0.1 output 0.5 cacheRead 0.01 cacheWrite 0.125 cacheWriteOneHour 0.2
claude-haiku-5-5 from 2026-10-14 above 100000 : input 0.5 output 2.5 cacheRead 0.05 cacheWrite 0.625 cacheWriteOneHour 1
claude-haiku-5-5 from 2026-10-14 batch : input 0.05 output 0.25 cacheRead 0.005 cacheWrite 0.0625 cacheWriteOneHour 0.1
claude-haiku-5-5 from 2026-10-14 batch above 100000 : input 0.25 output 1.25 cacheRead 0.025 cacheWrite 0.3125 cacheWriteOneHour 0.5
claude-haiku-4-5 : input 1 output 5 cacheRead 0.1 cacheWrite 1.25 cacheWriteOneHour 2
claude-haiku-4-5 batch : input 0.5 output 2.5 cacheRead 0.05 cacheWrite 0.625 cacheWriteOneHour 1
claude-haiku-4-5 from 2026-10-14 : input 1 output 5 cacheRead 0.1 cacheWrite 1.25 cacheWriteOneHour 2
claude-haiku-4-5 from 2026-10-14 batch : input 0.5 output 2.5 cacheRead 0.05 cacheWrite 0.625 cacheWriteOneHour 1
claude-3-5-haiku = claude-3-5-haiku-latest
claude-3-5-haiku-latest : input 0.8 output 4 cacheRead 0.08 cacheWrite 1 cacheWriteOneHour 1.6
claude-3-5-haiku-latest batch : input 0.4 output 2 cacheRead 0.04 cacheWrite 0.5 cacheWriteOneHour 0.8
`,
};
