import type { PriceList } from '../price-list.ts';

// The family of GPT-5.
export const openAiGpt5Prices: PriceList = {
  provider: 'openai',
  source:
    'developers.openai.com/api/docs/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026); tiers verified there 2026-10-12 to 2026-10-14',
  prices: `
gpt-5.6-sol : input 5 output 30 cacheRead 0.5 cacheWrite 6.25
gpt-5.6-sol above 272000 : input 10 output 45 cacheRead 1 cacheWrite 12.5
gpt-5.6-sol from 2026-08-21 : input 4 output 20 cacheRead 0.4 cacheWrite 5
gpt-5.6-sol from 2026-08-21 above 272000 : input 8 output 30 cacheRead 0.8 cacheWrite 10
gpt-5.6-sol from 2026-10-14 : input 4 output 20 cacheRead 0.4 cacheWrite 5
gpt-5.6-sol from 2026-10-14 above 272000 : input 8 output 30 cacheRead 0.8 cacheWrite 10
gpt-5.6-sol from 2026-10-14 batch : input 2 output 10 cacheRead 0.2 cacheWrite 2.5
gpt-5.6-sol from 2026-10-14 batch above 272000 : input 4 output 15 cacheRead 0.4 cacheWrite 5
gpt-5.6-sol from 2026-10-14 flex : input 2 output 10 cacheRead 0.2 cacheWrite 2.5
gpt-5.6-sol from 2026-10-14 flex above 272000 : input 4 output 15 cacheRead 0.4 cacheWrite 5
gpt-5.6-sol from 2026-10-14 priority : input 8 output 40 cacheRead 0.8 cacheWrite 10
gpt-5.6-sol from 2026-10-14 priority above 272000 : input 16 output 60 cacheRead 1.6 cacheWrite 20
gpt-5.6-terra : input 2.5 output 15 cacheRead 0.25 cacheWrite 3.125
gpt-5.6-terra above 272000 : input 5 output 22.5 cacheRead 0.5 cacheWrite 6.25
gpt-5.6-terra from 2026-07-30 : input 2 output 12 cacheRead 0.2 cacheWrite 2.5
gpt-5.6-terra from 2026-07-30 above 272000 : input 4 output 18 cacheRead 0.4 cacheWrite 5
gpt-5.6-terra from 2026-10-14 : input 2 output 12 cacheRead 0.2 cacheWrite 2.5
gpt-5.6-terra from 2026-10-14 above 272000 : input 4 output 18 cacheRead 0.4 cacheWrite 5
gpt-5.6-terra from 2026-10-14 batch : input 1 output 6 cacheRead 0.1 cacheWrite 1.25
gpt-5.6-terra from 2026-10-14 batch above 272000 : input 2 output 9 cacheRead 0.2 cacheWrite 2.5
gpt-5.6-terra from 2026-10-14 flex : input 1 output 6 cacheRead 0.1 cacheWrite 1.25
gpt-5.6-terra from 2026-10-14 flex above 272000 : input 2 output 9 cacheRead 0.2 cacheWrite 2.5
gpt-5.6-terra from 2026-10-14 priority : input 4 output 24 cacheRead 0.4 cacheWrite 5
gpt-5.6-terra from 2026-10-14 priority above 272000 : input 8 output 36 cacheRead 0.8 cacheWrite 10
gpt-5.6-luna : input 1 output 6 cacheRead 0.1 cacheWrite 1.25
gpt-5.6-luna above 272000 : input 2 output 9 cacheRead 0.2 cacheWrite 2.5
gpt-5.6-luna from 2026-07-30 : input 0.2 output 1.2 cacheRead 0.02 cacheWrite 0.25
gpt-5.6-luna from 2026-07-30 above 272000 : input 0.4 output 1.8 cacheRead 0.04 cacheWrite 0.5
gpt-5.6-luna from 2026-10-14 : input 0.2 output 1.2 cacheRead 0.02 cacheWrite 0.25
gpt-5.6-luna from 2026-10-14 above 272000 : input 0.4 output 1.8 cacheRead 0.04 cacheWrite 0.5
gpt-5.6-luna from 2026-10-14 batch : input 0.1 output 0.6 cacheRead 0.01 cacheWrite 0.125
gpt-5.6-luna from 2026-10-14 batch above 272000 : input 0.2 output 0.9 cacheRead 0.02 cacheWrite 0.25
gpt-5.6-luna from 2026-10-14 flex : input 0.1 output 0.6 cacheRead 0.01 cacheWrite 0.125
gpt-5.6-luna from 2026-10-14 flex above 272000 : input 0.2 output 0.9 cacheRead 0.02 cacheWrite 0.25
gpt-5.6-luna from 2026-10-14 priority : input 0.4 output 2.4 cacheRead 0.04 cacheWrite 0.5
gpt-5.6-luna from 2026-10-14 priority above 272000 : input 0.8 output 3.6 cacheRead 0.08 cacheWrite 1
gpt-5.5 : input 5 output 30 cacheRead 0.5
gpt-5.5 above 272000 : input 10 output 45 cacheRead 1
gpt-5.5 from 2026-10-14 : input 5 output 30 cacheRead 0.5
gpt-5.5 from 2026-10-14 above 272000 : input 10 output 45 cacheRead 1
gpt-5.5 from 2026-10-14 batch : input 2.5 output 15 cacheRead 0.25
gpt-5.5 from 2026-10-14 batch above 272000 : input 5 output 22.5 cacheRead 0.5
gpt-5.5 from 2026-10-14 flex : input 2.5 output 15 cacheRead 0.25
gpt-5.5 from 2026-10-14 flex above 272000 : input 5 output 22.5 cacheRead 0.5
gpt-5.5 from 2026-10-14 priority : input 12.5 output 75 cacheRead 1.25
gpt-5.5-pro : input 30 output 180
gpt-5.5-pro above 272000 : input 60 output 270
gpt-5.5-pro from 2026-10-14 : input 30 output 180
gpt-5.5-pro from 2026-10-14 above 272000 : input 60 output 270
gpt-5.5-pro from 2026-10-14 batch : input 15 output 90
gpt-5.5-pro from 2026-10-14 flex : input 15 output 90
gpt-5.4 : input 2.5 output 15 cacheRead 0.25
gpt-5.4 above 272000 : input 5 output 22.5 cacheRead 0.5
gpt-5.4 from 2026-10-14 : input 2.5 output 15 cacheRead 0.25
gpt-5.4 from 2026-10-14 above 272000 : input 5 output 22.5 cacheRead 0.5
gpt-5.4 from 2026-10-14 batch : input 1.25 output 7.5 cacheRead 0.13
gpt-5.4 from 2026-10-14 batch above 272000 : input 2.5 output 11.25 cacheRead 0.25
gpt-5.4 from 2026-10-14 flex : input 1.25 output 7.5 cacheRead 0.13
gpt-5.4 from 2026-10-14 flex above 272000 : input 2.5 output 11.25 cacheRead 0.25
gpt-5.4 from 2026-10-14 priority : input 5 output 30 cacheRead 0.5
gpt-5.4-pro : input 30 output 180
gpt-5.4-pro above 272000 : input 60 output 270
gpt-5.4-pro from 2026-10-14 : input 30 output 180
gpt-5.4-pro from 2026-10-14 above 272000 : input 60 output 270
gpt-5.4-pro from 2026-10-14 batch : input 15 output 90
gpt-5.4-pro from 2026-10-14 batch above 272000 : input 30 output 135
gpt-5.4-pro from 2026-10-14 flex : input 15 output 90
gpt-5.4-pro from 2026-10-14 flex above 272000 : input 30 output 135
gpt-5.4-mini : input 0.75 output 4.5 cacheRead 0.075
gpt-5.4-mini from 2026-10-14 : input 0.75 output 4.5 cacheRead 0.075
gpt-5.4-mini from 2026-10-14 batch : input 0.375 output 2.25 cacheRead 0.0375
gpt-5.4-mini from 2026-10-14 flex : input 0.375 output 2.25 cacheRead 0.0375
gpt-5.4-mini from 2026-10-14 priority : input 1.5 output 9 cacheRead 0.15
gpt-5.4-nano : input 0.2 output 1.25 cacheRead 0.02
gpt-5.4-nano from 2026-10-14 : input 0.2 output 1.25 cacheRead 0.02
gpt-5.4-nano from 2026-10-14 batch : input 0.1 output 0.625 cacheRead 0.01
gpt-5.4-nano from 2026-10-14 flex : input 0.1 output 0.625 cacheRead 0.01
gpt-5.3-codex : input 1.75 output 14 cacheRead 0.175
gpt-5.3-codex from 2026-10-12 : input 1.75 output 14 cacheRead 0.175
gpt-5.3-codex from 2026-10-12 priority : input 3.5 output 28 cacheRead 0.35
gpt-5.2 : input 1.75 output 14 cacheRead 0.175
gpt-5.2 from 2026-10-14 : input 1.75 output 14 cacheRead 0.175
gpt-5.2 from 2026-10-14 batch : input 0.875 output 7 cacheRead 0.0875
gpt-5.2 from 2026-10-14 flex : input 0.875 output 7 cacheRead 0.0875
gpt-5.2 from 2026-10-14 priority : input 3.5 output 28 cacheRead 0.35
gpt-5.2-pro : input 21 output 168
gpt-5.2-pro from 2026-10-14 : input 21 output 168
gpt-5.2-pro from 2026-10-14 batch : input 10.5 output 84
gpt-5.1 : input 1.25 output 10 cacheRead 0.125
gpt-5.1 from 2026-10-14 : input 1.25 output 10 cacheRead 0.125
gpt-5.1 from 2026-10-14 batch : input 0.625 output 5 cacheRead 0.0625
gpt-5.1 from 2026-10-14 flex : input 0.625 output 5 cacheRead 0.0625
gpt-5.1 from 2026-10-14 priority : input 2.5 output 20 cacheRead 0.25
gpt-5.1-codex-mini : input 0.25 output 2 cacheRead 0.025
gpt-5 : input 1.25 output 10 cacheRead 0.125
gpt-5 from 2026-10-14 : input 1.25 output 10 cacheRead 0.125
gpt-5 from 2026-10-14 batch : input 0.625 output 5 cacheRead 0.0625
gpt-5 from 2026-10-14 flex : input 0.625 output 5 cacheRead 0.0625
gpt-5 from 2026-10-14 priority : input 2.5 output 20 cacheRead 0.25
gpt-5-mini : input 0.25 output 2 cacheRead 0.025
gpt-5-mini from 2026-10-14 : input 0.25 output 2 cacheRead 0.025
gpt-5-mini from 2026-10-14 batch : input 0.125 output 1 cacheRead 0.0125
gpt-5-mini from 2026-10-14 flex : input 0.125 output 1 cacheRead 0.0125
gpt-5-mini from 2026-10-14 priority : input 0.45 output 3.6 cacheRead 0.045
gpt-5-nano : input 0.05 output 0.4 cacheRead 0.005
gpt-5-nano from 2026-10-14 : input 0.05 output 0.4 cacheRead 0.005
gpt-5-nano from 2026-10-14 batch : input 0.025 output 0.2 cacheRead 0.0025
gpt-5-nano from 2026-10-14 flex : input 0.025 output 0.2 cacheRead 0.0025
gpt-5-pro : input 15 output 120
gpt-5-pro from 2026-10-14 : input 15 output 120
gpt-5-pro from 2026-10-14 batch : input 7.5 output 60
`,
};
