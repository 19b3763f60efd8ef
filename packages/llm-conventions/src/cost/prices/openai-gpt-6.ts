import type { PriceList } from '../price-list.ts';

// Flex, priority and batch prices stand from the day they were verified; the standard ones are older.
export const openAiGpt6Prices: PriceList = {
  provider: 'openai',
  source:
    'developers.openai.com/api/docs/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026); tiers verified there 2026-10-12 to 2026-10-26',
  prices: `
gpt-6.1-sol : input 2 output 10 cacheRead 0.1 cacheWrite 2.5
gpt-6.1-sol above 272000 : input 4 output 15 cacheRead 0.2 cacheWrite 5
gpt-6.1-sol from 2026-10-14 : input 2 output 10 cacheRead 0.1 cacheWrite 2.5
gpt-6.1-sol from 2026-10-14 above 272000 : input 4 output 15 cacheRead 0.2 cacheWrite 5
gpt-6.1-sol from 2026-10-14 batch : input 1 output 5 cacheRead 0.05 cacheWrite 1.25
gpt-6.1-sol from 2026-10-14 batch above 272000 : input 2 output 7.5 cacheRead 0.1 cacheWrite 2.5
gpt-6.1-sol from 2026-10-14 flex : input 1 output 5 cacheRead 0.05 cacheWrite 1.25
gpt-6.1-sol from 2026-10-14 flex above 272000 : input 2 output 7.5 cacheRead 0.1 cacheWrite 2.5
gpt-6.1-sol from 2026-10-14 priority : input 4 output 20 cacheRead 0.2 cacheWrite 5
gpt-6.1-sol from 2026-10-14 priority above 272000 : input 8 output 30 cacheRead 0.4 cacheWrite 10
gpt-6.1-terra : input 1 output 5 cacheRead 0.05 cacheWrite 1.25
gpt-6.1-terra above 272000 : input 2 output 7.5 cacheRead 0.1 cacheWrite 2.5
gpt-6.1-terra batch : input 0.5 output 2.5 cacheRead 0.025 cacheWrite 0.625
gpt-6.1-terra batch above 272000 : input 1 output 3.75 cacheRead 0.05 cacheWrite 1.25
gpt-6.1-terra flex : input 0.5 output 2.5 cacheRead 0.025 cacheWrite 0.625
gpt-6.1-terra flex above 272000 : input 1 output 3.75 cacheRead 0.05 cacheWrite 1.25
gpt-6.1-terra priority : input 2 output 10 cacheRead 0.1 cacheWrite 2.5
gpt-6.1-terra priority above 272000 : input 4 output 15 cacheRead 0.2 cacheWrite 5
gpt-6-astra : input 10 output 50 cacheRead 1 cacheWrite 12.5
gpt-6-astra above 272000 : input 20 output 75 cacheRead 2 cacheWrite 25
gpt-6-astra from 2026-10-14 : input 10 output 50 cacheRead 1 cacheWrite 12.5
gpt-6-astra from 2026-10-14 above 272000 : input 20 output 75 cacheRead 2 cacheWrite 25
gpt-6-astra from 2026-10-14 batch : input 5 output 25 cacheRead 0.5 cacheWrite 6.25
gpt-6-astra from 2026-10-14 batch above 272000 : input 10 output 37.5 cacheRead 1 cacheWrite 12.5
gpt-6-astra from 2026-10-14 flex : input 5 output 25 cacheRead 0.5 cacheWrite 6.25
gpt-6-astra from 2026-10-14 flex above 272000 : input 10 output 37.5 cacheRead 1 cacheWrite 12.5
gpt-6-astra from 2026-10-14 priority : input 20 output 100 cacheRead 2 cacheWrite 25
gpt-6-astra from 2026-10-14 priority above 272000 : input 40 output 150 cacheRead 4 cacheWrite 50
gpt-6-sol : input 2 output 10 cacheRead 0.2 cacheWrite 2.5
gpt-6-sol above 272000 : input 4 output 15 cacheRead 0.4 cacheWrite 5
gpt-6-sol from 2026-10-14 : input 2 output 10 cacheRead 0.2 cacheWrite 2.5
gpt-6-sol from 2026-10-14 above 272000 : input 4 output 15 cacheRead 0.4 cacheWrite 5
gpt-6-sol from 2026-10-14 batch : input 1 output 5 cacheRead 0.1 cacheWrite 1.25
gpt-6-sol from 2026-10-14 batch above 272000 : input 2 output 7.5 cacheRead 0.2 cacheWrite 2.5
gpt-6-sol from 2026-10-14 flex : input 1 output 5 cacheRead 0.1 cacheWrite 1.25
gpt-6-sol from 2026-10-14 flex above 272000 : input 2 output 7.5 cacheRead 0.2 cacheWrite 2.5
gpt-6-sol from 2026-10-14 priority : input 4 output 20 cacheRead 0.4 cacheWrite 5
gpt-6-sol from 2026-10-14 priority above 272000 : input 8 output 30 cacheRead 0.8 cacheWrite 10
gpt-6-luna : input 0.1 output 0.5 cacheRead 0.01 cacheWrite 0.125
gpt-6-luna above 272000 : input 0.2 output 0.75 cacheRead 0.02 cacheWrite 0.25
gpt-6-luna from 2026-10-14 : input 0.1 output 0.5 cacheRead 0.01 cacheWrite 0.125
gpt-6-luna from 2026-10-14 above 272000 : input 0.2 output 0.75 cacheRead 0.02 cacheWrite 0.25
gpt-6-luna from 2026-10-14 batch : input 0.05 output 0.25 cacheRead 0.005 cacheWrite 0.0625
gpt-6-luna from 2026-10-14 batch above 272000 : input 0.1 output 0.375 cacheRead 0.01 cacheWrite 0.125
gpt-6-luna from 2026-10-14 flex : input 0.05 output 0.25 cacheRead 0.005 cacheWrite 0.0625
gpt-6-luna from 2026-10-14 flex above 272000 : input 0.1 output 0.375 cacheRead 0.01 cacheWrite 0.125
gpt-6-luna from 2026-10-14 priority : input 0.2 output 1 cacheRead 0.02 cacheWrite 0.25
gpt-6-luna from 2026-10-14 priority above 272000 : input 0.4 output 1.5 cacheRead 0.04 cacheWrite 0.5
`,
};
