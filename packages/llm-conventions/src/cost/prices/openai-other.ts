import type { PriceList } from '../price-list.ts';

// Reasoning models of the o series, GPT-4, sound, pictures and embeddings. The first snapshot of GPT-4o, gpt-4o-2024-05-13, has kept prices of its own.
// The batch prices of embeddings are those of the same page as recorded by embeddingcost.com (May 2026) and, for the small
// model, by tokenprice.fyi (2026-07-03).
export const openAiOtherPrices: PriceList = {
  provider: 'openai',
  ownServers: ['api.openai.com'],
  source:
    'developers.openai.com/api/docs/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026); tiers verified there 2026-10-12 to 2026-10-14',
  prices: `
o3 : in 10 out 40 read 0.5
o3 from 2025-06-10 : in 2 out 8 read 0.5
o3 from 2026-10-14 batch : in 1 out 4
o3 from 2026-10-14 flex : in 1 out 4 read 0.25
o3 from 2026-10-14 priority : in 3.5 out 14 read 0.875
o3-pro : in 20 out 80
o3-pro from 2026-10-14 batch : in 10 out 40
o4-mini : in 1.1 out 4.4 read 0.275
o4-mini from 2026-10-14 batch : in 0.55 out 2.2
o4-mini from 2026-10-14 flex : in 0.55 out 2.2 read 0.138
o4-mini from 2026-10-14 priority : in 2 out 8 read 0.5
o3-mini : in 1.1 out 4.4 read 0.55
o3-mini from 2026-10-14 batch : in 0.55 out 2.2
o1 : in 15 out 60 read 7.5
o1 from 2026-10-14 batch : in 7.5 out 30
gpt-4.1 : in 2 out 8 read 0.5
gpt-4.1 from 2026-10-14 batch : in 1 out 4
gpt-4.1 from 2026-10-14 priority : in 3.5 out 14 read 0.875
gpt-4.1-mini : in 0.4 out 1.6 read 0.1
gpt-4.1-mini from 2026-10-14 batch : in 0.2 out 0.8
gpt-4.1-mini from 2026-10-14 priority : in 0.7 out 2.8 read 0.175
gpt-4.1-nano : in 0.1 out 0.4 read 0.025
gpt-4.1-nano from 2026-10-14 batch : in 0.05 out 0.2
gpt-4.1-nano from 2026-10-14 priority : in 0.2 out 0.8 read 0.05
gpt-4o : in 2.5 out 10 read 1.25
gpt-4o from 2026-10-14 batch : in 1.25 out 5
gpt-4o from 2026-10-14 priority : in 4.25 out 17 read 2.125
gpt-4o-2024-05-13 : in 5 out 15
gpt-4o-2024-05-13 from 2026-10-14 batch : in 2.5 out 7.5
gpt-4o-2024-05-13 from 2026-10-14 priority : in 8.75 out 26.25
gpt-4o-mini : in 0.15 out 0.6 read 0.075
gpt-4o-mini from 2026-10-14 batch : in 0.075 out 0.3
gpt-4o-mini from 2026-10-14 priority : in 0.25 out 1 read 0.125
gpt-audio : in 2.5 out 10 audioInput 32 audioOutput 64
gpt-audio-mini : in 0.6 out 2.4 audioInput 10 audioOutput 20
gpt-realtime : in 4 out 16 read 0.4 audioInput 32 audioOutput 64 audioCacheRead 0.4 imageInput 5 imageCacheRead 0.5
gpt-realtime-mini : in 0.6 out 2.4 read 0.06 audioInput 10 audioOutput 20 audioCacheRead 0.3 imageInput 0.8 imageCacheRead 0.08
gpt-4o-transcribe : in 2.5 out 10 audioInput 6
gpt-4o-mini-transcribe : in 1.25 out 5 audioInput 3
gpt-image-1.5 : in 5 out 10 read 1.25 imageInput 8 imageOutput 32 imageCacheRead 2
gpt-image-1.5 from 2026-10-14 batch : in 2.5 out 5 read 0.63 imageInput 4 imageOutput 16 imageCacheRead 1
gpt-image-2 : in 5 out 30 read 1.25 imageInput 8 imageCacheRead 2
gpt-image-2 from 2026-10-14 batch : in 2.5 out 15 read 0.625 imageInput 4 imageCacheRead 1
text-embedding-3-large : in 0.13
text-embedding-3-large batch : in 0.065
text-embedding-3-small : in 0.02
text-embedding-3-small batch : in 0.01
text-embedding-ada-002 : in 0.1
`,
};
