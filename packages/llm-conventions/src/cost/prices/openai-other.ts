import type { PriceList } from '../price-list.ts';

// Reasoning models of the o series, GPT-4, sound, pictures and embeddings. The snapshot gpt-4o-2024-05-13 has other prices and is left out.
export const openAiOtherPrices: PriceList = {
  provider: 'openai',
  source:
    'developers.openai.com/api/docs/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026); tiers verified there 2026-10-12 to 2026-10-14',
  prices: `
o3 : input 10 output 40 cacheRead 0.5
o3 from 2025-06-10 : input 2 output 8 cacheRead 0.5
o3 from 2026-10-14 : input 2 output 8 cacheRead 0.5
o3 from 2026-10-14 batch : input 1 output 4
o3 from 2026-10-14 flex : input 1 output 4 cacheRead 0.25
o3 from 2026-10-14 priority : input 3.5 output 14 cacheRead 0.875
o3-pro : input 20 output 80
o3-pro from 2026-10-14 : input 20 output 80
o3-pro from 2026-10-14 batch : input 10 output 40
o4-mini : input 1.1 output 4.4 cacheRead 0.275
o4-mini from 2026-10-14 : input 1.1 output 4.4 cacheRead 0.275
o4-mini from 2026-10-14 batch : input 0.55 output 2.2
o4-mini from 2026-10-14 flex : input 0.55 output 2.2 cacheRead 0.138
o4-mini from 2026-10-14 priority : input 2 output 8 cacheRead 0.5
o3-mini : input 1.1 output 4.4 cacheRead 0.55
o3-mini from 2026-10-14 : input 1.1 output 4.4 cacheRead 0.55
o3-mini from 2026-10-14 batch : input 0.55 output 2.2
o1 : input 15 output 60 cacheRead 7.5
o1 from 2026-10-14 : input 15 output 60 cacheRead 7.5
o1 from 2026-10-14 batch : input 7.5 output 30
gpt-4.1 : input 2 output 8 cacheRead 0.5
gpt-4.1 from 2026-10-14 : input 2 output 8 cacheRead 0.5
gpt-4.1 from 2026-10-14 batch : input 1 output 4
gpt-4.1 from 2026-10-14 priority : input 3.5 output 14 cacheRead 0.875
gpt-4.1-mini : input 0.4 output 1.6 cacheRead 0.1
gpt-4.1-mini from 2026-10-14 : input 0.4 output 1.6 cacheRead 0.1
gpt-4.1-mini from 2026-10-14 batch : input 0.2 output 0.8
gpt-4.1-mini from 2026-10-14 priority : input 0.7 output 2.8 cacheRead 0.175
gpt-4.1-nano : input 0.1 output 0.4 cacheRead 0.025
gpt-4.1-nano from 2026-10-14 : input 0.1 output 0.4 cacheRead 0.025
gpt-4.1-nano from 2026-10-14 batch : input 0.05 output 0.2
gpt-4.1-nano from 2026-10-14 priority : input 0.2 output 0.8 cacheRead 0.05
gpt-4o : input 2.5 output 10 cacheRead 1.25
gpt-4o from 2026-10-14 : input 2.5 output 10 cacheRead 1.25
gpt-4o from 2026-10-14 batch : input 1.25 output 5
gpt-4o from 2026-10-14 priority : input 4.25 output 17 cacheRead 2.125
gpt-4o-mini : input 0.15 output 0.6 cacheRead 0.075
gpt-4o-mini from 2026-10-14 : input 0.15 output 0.6 cacheRead 0.075
gpt-4o-mini from 2026-10-14 batch : input 0.075 output 0.3
gpt-4o-mini from 2026-10-14 priority : input 0.25 output 1 cacheRead 0.125
gpt-audio : input 2.5 output 10 audioInput 32 audioOutput 64
gpt-audio-mini : input 0.6 output 2.4 audioInput 10 audioOutput 20
gpt-realtime : input 4 output 16 cacheRead 0.4 audioInput 32 audioOutput 64 audioCacheRead 0.4 imageInput 5 imageCacheRead 0.5
gpt-realtime-mini : input 0.6 output 2.4 cacheRead 0.06 audioInput 10 audioOutput 20 audioCacheRead 0.3 imageInput 0.8 imageCacheRead 0.08
gpt-4o-transcribe : input 2.5 output 10 audioInput 6
gpt-4o-mini-transcribe : input 1.25 output 5 audioInput 3
gpt-image-1.5 : input 5 output 10 cacheRead 1.25 imageInput 8 imageOutput 32 imageCacheRead 2
gpt-image-1.5 from 2026-10-14 : input 5 output 10 cacheRead 1.25 imageInput 8 imageOutput 32 imageCacheRead 2
gpt-image-1.5 from 2026-10-14 batch : input 2.5 output 5 cacheRead 0.63 imageInput 4 imageOutput 16 imageCacheRead 1
gpt-image-2 : input 5 output 30 cacheRead 1.25 imageInput 8 imageCacheRead 2
gpt-image-2 from 2026-10-14 : input 5 output 30 cacheRead 1.25 imageInput 8 imageCacheRead 2
gpt-image-2 from 2026-10-14 batch : input 2.5 output 15 cacheRead 0.625 imageInput 4 imageCacheRead 1
text-embedding-3-large : input 0.13
text-embedding-3-small : input 0.02
text-embedding-ada-002 : input 0.1
`,
};
