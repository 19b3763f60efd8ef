import type { PriceList } from '../price-list.ts';

// The family of GPT-5.
export const openAiGpt5Prices: PriceList = {
  provider: 'openai',
  ownServers: ['api.openai.com'],
  source:
    'developers.openai.com/api/docs/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026); tiers verified there 2026-10-12 to 2026-10-14',
  prices: `
gpt-5.6-sol : in 5 out 30 read 0.5 write 6.25
gpt-5.6-sol above 272000 : in 10 out 45 read 1 write 12.5
gpt-5.6-sol from 2026-08-21 : in 4 out 20 read 0.4 write 5
gpt-5.6-sol from 2026-08-21 above 272000 : in 8 out 30 read 0.8 write 10
gpt-5.6-sol from 2026-10-14 batch : in 2 out 10 read 0.2 write 2.5
gpt-5.6-sol from 2026-10-14 batch above 272000 : in 4 out 15 read 0.4 write 5
gpt-5.6-sol from 2026-10-14 flex : in 2 out 10 read 0.2 write 2.5
gpt-5.6-sol from 2026-10-14 flex above 272000 : in 4 out 15 read 0.4 write 5
gpt-5.6-sol from 2026-10-14 priority : in 8 out 40 read 0.8 write 10
gpt-5.6-sol from 2026-10-14 priority above 272000 : in 16 out 60 read 1.6 write 20
gpt-5.6-terra : in 2.5 out 15 read 0.25 write 3.125
gpt-5.6-terra above 272000 : in 5 out 22.5 read 0.5 write 6.25
gpt-5.6-terra from 2026-07-30 : in 2 out 12 read 0.2 write 2.5
gpt-5.6-terra from 2026-07-30 above 272000 : in 4 out 18 read 0.4 write 5
gpt-5.6-terra from 2026-10-14 batch : in 1 out 6 read 0.1 write 1.25
gpt-5.6-terra from 2026-10-14 batch above 272000 : in 2 out 9 read 0.2 write 2.5
gpt-5.6-terra from 2026-10-14 flex : in 1 out 6 read 0.1 write 1.25
gpt-5.6-terra from 2026-10-14 flex above 272000 : in 2 out 9 read 0.2 write 2.5
gpt-5.6-terra from 2026-10-14 priority : in 4 out 24 read 0.4 write 5
gpt-5.6-terra from 2026-10-14 priority above 272000 : in 8 out 36 read 0.8 write 10
gpt-5.6-luna : in 1 out 6 read 0.1 write 1.25
gpt-5.6-luna above 272000 : in 2 out 9 read 0.2 write 2.5
gpt-5.6-luna from 2026-07-30 : in 0.2 out 1.2 read 0.02 write 0.25
gpt-5.6-luna from 2026-07-30 above 272000 : in 0.4 out 1.8 read 0.04 write 0.5
gpt-5.6-luna from 2026-10-14 batch : in 0.1 out 0.6 read 0.01 write 0.125
gpt-5.6-luna from 2026-10-14 batch above 272000 : in 0.2 out 0.9 read 0.02 write 0.25
gpt-5.6-luna from 2026-10-14 flex : in 0.1 out 0.6 read 0.01 write 0.125
gpt-5.6-luna from 2026-10-14 flex above 272000 : in 0.2 out 0.9 read 0.02 write 0.25
gpt-5.6-luna from 2026-10-14 priority : in 0.4 out 2.4 read 0.04 write 0.5
gpt-5.6-luna from 2026-10-14 priority above 272000 : in 0.8 out 3.6 read 0.08 write 1
gpt-5.5 : in 5 out 30 read 0.5
gpt-5.5 above 272000 : in 10 out 45 read 1
gpt-5.5 from 2026-10-14 batch : in 2.5 out 15 read 0.25
gpt-5.5 from 2026-10-14 batch above 272000 : in 5 out 22.5 read 0.5
gpt-5.5 from 2026-10-14 flex : in 2.5 out 15 read 0.25
gpt-5.5 from 2026-10-14 flex above 272000 : in 5 out 22.5 read 0.5
gpt-5.5 from 2026-10-14 priority : in 12.5 out 75 read 1.25
gpt-5.5-pro : in 30 out 180
gpt-5.5-pro above 272000 : in 60 out 270
gpt-5.5-pro from 2026-10-14 batch : in 15 out 90
gpt-5.5-pro from 2026-10-14 flex : in 15 out 90
gpt-5.4 : in 2.5 out 15 read 0.25
gpt-5.4 above 272000 : in 5 out 22.5 read 0.5
gpt-5.4 from 2026-10-14 batch : in 1.25 out 7.5 read 0.13
gpt-5.4 from 2026-10-14 batch above 272000 : in 2.5 out 11.25 read 0.25
gpt-5.4 from 2026-10-14 flex : in 1.25 out 7.5 read 0.13
gpt-5.4 from 2026-10-14 flex above 272000 : in 2.5 out 11.25 read 0.25
gpt-5.4 from 2026-10-14 priority : in 5 out 30 read 0.5
gpt-5.4-pro : in 30 out 180
gpt-5.4-pro above 272000 : in 60 out 270
gpt-5.4-pro from 2026-10-14 batch : in 15 out 90
gpt-5.4-pro from 2026-10-14 batch above 272000 : in 30 out 135
gpt-5.4-pro from 2026-10-14 flex : in 15 out 90
gpt-5.4-pro from 2026-10-14 flex above 272000 : in 30 out 135
gpt-5.4-mini : in 0.75 out 4.5 read 0.075
gpt-5.4-mini from 2026-10-14 batch : in 0.375 out 2.25 read 0.0375
gpt-5.4-mini from 2026-10-14 flex : in 0.375 out 2.25 read 0.0375
gpt-5.4-mini from 2026-10-14 priority : in 1.5 out 9 read 0.15
gpt-5.4-nano : in 0.2 out 1.25 read 0.02
gpt-5.4-nano from 2026-10-14 batch : in 0.1 out 0.625 read 0.01
gpt-5.4-nano from 2026-10-14 flex : in 0.1 out 0.625 read 0.01
gpt-5.3-codex : in 1.75 out 14 read 0.175
gpt-5.3-codex from 2026-10-12 priority : in 3.5 out 28 read 0.35
gpt-5.2 : in 1.75 out 14 read 0.175
gpt-5.2 from 2026-10-14 batch : in 0.875 out 7 read 0.0875
gpt-5.2 from 2026-10-14 flex : in 0.875 out 7 read 0.0875
gpt-5.2 from 2026-10-14 priority : in 3.5 out 28 read 0.35
gpt-5.2-pro : in 21 out 168
gpt-5.2-pro from 2026-10-14 batch : in 10.5 out 84
gpt-5.1 : in 1.25 out 10 read 0.125
gpt-5.1 from 2026-10-14 batch : in 0.625 out 5 read 0.0625
gpt-5.1 from 2026-10-14 flex : in 0.625 out 5 read 0.0625
gpt-5.1 from 2026-10-14 priority : in 2.5 out 20 read 0.25
gpt-5.1-codex-mini : in 0.25 out 2 read 0.025
gpt-5 : in 1.25 out 10 read 0.125
gpt-5 from 2026-10-14 batch : in 0.625 out 5 read 0.0625
gpt-5 from 2026-10-14 flex : in 0.625 out 5 read 0.0625
gpt-5 from 2026-10-14 priority : in 2.5 out 20 read 0.25
gpt-5-mini : in 0.25 out 2 read 0.025
gpt-5-mini from 2026-10-14 batch : in 0.125 out 1 read 0.0125
gpt-5-mini from 2026-10-14 flex : in 0.125 out 1 read 0.0125
gpt-5-mini from 2026-10-14 priority : in 0.45 out 3.6 read 0.045
gpt-5-nano : in 0.05 out 0.4 read 0.005
gpt-5-nano from 2026-10-14 batch : in 0.025 out 0.2 read 0.0025
gpt-5-nano from 2026-10-14 flex : in 0.025 out 0.2 read 0.0025
gpt-5-pro : in 15 out 120
gpt-5-pro from 2026-10-14 batch : in 7.5 out 60
`,
};
