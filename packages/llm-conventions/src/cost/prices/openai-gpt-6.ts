import type { PriceList } from '../price-list.ts';

// Flex, priority and batch prices stand from the day they were verified; the standard ones are older.
export const openAiGpt6Prices: PriceList = {
  provider: 'openai',
  ownServers: ['api.openai.com'],
  source:
    'developers.openai.com/api/docs/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026); tiers verified there 2026-10-12 to 2026-10-26',
  prices: `
gpt-6.1-sol : in 2 out 10 read 0.1 write 2.5
gpt-6.1-sol above 272000 : in 4 out 15 read 0.2 write 5
gpt-6.1-sol from 2026-10-14 batch : in 1 out 5 read 0.05 write 1.25
gpt-6.1-sol from 2026-10-14 batch above 272000 : in 2 out 7.5 read 0.1 write 2.5
gpt-6.1-sol from 2026-10-14 flex : in 1 out 5 read 0.05 write 1.25
gpt-6.1-sol from 2026-10-14 flex above 272000 : in 2 out 7.5 read 0.1 write 2.5
gpt-6.1-sol from 2026-10-14 priority : in 4 out 20 read 0.2 write 5
gpt-6.1-sol from 2026-10-14 priority above 272000 : in 8 out 30 read 0.4 write 10
gpt-6.1-terra : in 1 out 5 read 0.05 write 1.25
gpt-6.1-terra above 272000 : in 2 out 7.5 read 0.1 write 2.5
gpt-6.1-terra batch : in 0.5 out 2.5 read 0.025 write 0.625
gpt-6.1-terra batch above 272000 : in 1 out 3.75 read 0.05 write 1.25
gpt-6.1-terra flex : in 0.5 out 2.5 read 0.025 write 0.625
gpt-6.1-terra flex above 272000 : in 1 out 3.75 read 0.05 write 1.25
gpt-6.1-terra priority : in 2 out 10 read 0.1 write 2.5
gpt-6.1-terra priority above 272000 : in 4 out 15 read 0.2 write 5
gpt-6-astra : in 10 out 50 read 1 write 12.5
gpt-6-astra above 272000 : in 20 out 75 read 2 write 25
gpt-6-astra from 2026-10-14 batch : in 5 out 25 read 0.5 write 6.25
gpt-6-astra from 2026-10-14 batch above 272000 : in 10 out 37.5 read 1 write 12.5
gpt-6-astra from 2026-10-14 flex : in 5 out 25 read 0.5 write 6.25
gpt-6-astra from 2026-10-14 flex above 272000 : in 10 out 37.5 read 1 write 12.5
gpt-6-astra from 2026-10-14 priority : in 20 out 100 read 2 write 25
gpt-6-astra from 2026-10-14 priority above 272000 : in 40 out 150 read 4 write 50
gpt-6-sol : in 2 out 10 read 0.2 write 2.5
gpt-6-sol above 272000 : in 4 out 15 read 0.4 write 5
gpt-6-sol from 2026-10-14 batch : in 1 out 5 read 0.1 write 1.25
gpt-6-sol from 2026-10-14 batch above 272000 : in 2 out 7.5 read 0.2 write 2.5
gpt-6-sol from 2026-10-14 flex : in 1 out 5 read 0.1 write 1.25
gpt-6-sol from 2026-10-14 flex above 272000 : in 2 out 7.5 read 0.2 write 2.5
gpt-6-sol from 2026-10-14 priority : in 4 out 20 read 0.4 write 5
gpt-6-sol from 2026-10-14 priority above 272000 : in 8 out 30 read 0.8 write 10
gpt-6-luna : in 0.1 out 0.5 read 0.01 write 0.125
gpt-6-luna above 272000 : in 0.2 out 0.75 read 0.02 write 0.25
gpt-6-luna from 2026-10-14 batch : in 0.05 out 0.25 read 0.005 write 0.0625
gpt-6-luna from 2026-10-14 batch above 272000 : in 0.1 out 0.375 read 0.01 write 0.125
gpt-6-luna from 2026-10-14 flex : in 0.05 out 0.25 read 0.005 write 0.0625
gpt-6-luna from 2026-10-14 flex above 272000 : in 0.1 out 0.375 read 0.01 write 0.125
gpt-6-luna from 2026-10-14 priority : in 0.2 out 1 read 0.02 write 0.25
gpt-6-luna from 2026-10-14 priority above 272000 : in 0.4 out 1.5 read 0.04 write 0.5
`,
};
