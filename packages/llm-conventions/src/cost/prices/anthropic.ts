import type { PriceList } from '../price-list.ts';

// The batch API costs half of everything, the cache included. The cache reads of Sonnet 5.5 became cheaper on
// 2026-10-07, which the release notes of PromptFuel 1.0.23 tell.
export const anthropicPrices: PriceList = {
  provider: 'anthropic',
  ownServers: ['api.anthropic.com'],
  source:
    'platform.claude.com/docs/en/about-claude/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026); the tables of that page compared 2026-11-27',
  prices: `
claude-fable-5-2 : in 8 out 40 read 0.2 write 10 hour 16
claude-fable-5-2 batch : in 4 out 20 read 0.1 write 5 hour 8
claude-fable-5-1 : in 10 out 50 read 0.25 write 12.5 hour 20
claude-fable-5-1 batch : in 5 out 25 read 0.125 write 6.25 hour 10
claude-fable-5 : in 10 out 50 read 1 write 12.5 hour 20
claude-fable-5 batch : in 5 out 25 read 0.5 write 6.25 hour 10
claude-opus-5-5 : in 4 out 20 read 0.2 write 5 hour 8
claude-opus-5-5 batch : in 2 out 10 read 0.1 write 2.5 hour 4
claude-opus-5 : in 5 out 25 read 0.5 write 6.25 hour 10
claude-opus-5 batch : in 2.5 out 12.5 read 0.25 write 3.125 hour 5
claude-opus-4-8 : in 5 out 25 read 0.5 write 6.25 hour 10
claude-opus-4-8 batch : in 2.5 out 12.5 read 0.25 write 3.125 hour 5
claude-opus-4-7 : in 5 out 25 read 0.5 write 6.25 hour 10
claude-opus-4-7 batch : in 2.5 out 12.5 read 0.25 write 3.125 hour 5
claude-opus-4-6 : in 5 out 25 read 0.5 write 6.25 hour 10
claude-opus-4-6 above 200000 : in 10 out 37.5 read 1 write 12.5 hour 20
claude-opus-4-6 batch : in 2.5 out 12.5 read 0.25 write 3.125 hour 5
claude-opus-4-6 batch above 200000 : in 5 out 18.75 read 0.5 write 6.25 hour 10
claude-opus-4-6 from 2026-03-13 : in 5 out 25 read 0.5 write 6.25 hour 10
claude-opus-4-6 from 2026-03-13 batch : in 2.5 out 12.5 read 0.25 write 3.125 hour 5
claude-opus-4-5 : in 5 out 25 read 0.5 write 6.25 hour 10
claude-opus-4-5 batch : in 2.5 out 12.5 read 0.25 write 3.125 hour 5
claude-opus-4-1 : in 15 out 75 read 1.5 write 18.75 hour 30
claude-opus-4-1 batch : in 7.5 out 37.5 read 0.75 write 9.375 hour 15
claude-sonnet-5-5 : in 2 out 10 read 0.2 write 2.5 hour 4
claude-sonnet-5-5 batch : in 1 out 5 read 0.1 write 1.25 hour 2
claude-sonnet-5-5 from 2026-10-07 : in 2 out 10 read 0.1 write 2.5 hour 4
claude-sonnet-5-5 from 2026-10-07 batch : in 1 out 5 read 0.05 write 1.25 hour 2
claude-sonnet-5 : in 2 out 10 read 0.2 write 2.5 hour 4
claude-sonnet-5 batch : in 1 out 5 read 0.1 write 1.25 hour 2
claude-sonnet-4-6 : in 3 out 15 read 0.3 write 3.75 hour 6
claude-sonnet-4-6 above 200000 : in 6 out 22.5 read 0.6 write 7.5 hour 12
claude-sonnet-4-6 batch : in 1.5 out 7.5 read 0.15 write 1.875 hour 3
claude-sonnet-4-6 batch above 200000 : in 3 out 11.25 read 0.3 write 3.75 hour 6
claude-sonnet-4-6 from 2026-03-13 : in 3 out 15 read 0.3 write 3.75 hour 6
claude-sonnet-4-6 from 2026-03-13 batch : in 1.5 out 7.5 read 0.15 write 1.875 hour 3
claude-sonnet-4-5 : in 3 out 15 read 0.3 write 3.75 hour 6
claude-sonnet-4-5 above 200000 : in 6 out 22.5 read 0.6 write 7.5 hour 12
claude-sonnet-4-5 batch : in 1.5 out 7.5 read 0.15 write 1.875 hour 3
claude-sonnet-4-5 batch above 200000 : in 3 out 11.25 read 0.3 write 3.75 hour 6
claude-sonnet-4 = claude-sonnet-4-0
claude-sonnet-4-0 : in 3 out 15 read 0.3 write 3.75 hour 6
claude-sonnet-4-0 batch : in 1.5 out 7.5 read 0.15 write 1.875 hour 3
claude-haiku-5-5 : in 0.1 out 0.5 read 0.01 write 0.125 hour 0.2
claude-haiku-5-5 above 100000 : in 0.5 out 2.5 read 0.05 write 0.625 hour 1
claude-haiku-5-5 batch : in 0.05 out 0.25 read 0.005 write 0.0625 hour 0.1
claude-haiku-5-5 batch above 100000 : in 0.25 out 1.25 read 0.025 write 0.3125 hour 0.5
claude-haiku-4-5 : in 1 out 5 read 0.1 write 1.25 hour 2
claude-haiku-4-5 batch : in 0.5 out 2.5 read 0.05 write 0.625 hour 1
claude-3-5-haiku = claude-3-5-haiku-latest
claude-3-5-haiku-latest : in 0.8 out 4 read 0.08 write 1 hour 1.6
claude-3-5-haiku-latest batch : in 0.4 out 2 read 0.04 write 0.5 hour 0.8
`,
};
