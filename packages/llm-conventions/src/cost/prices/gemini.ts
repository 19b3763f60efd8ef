import type { PriceList } from '../price-list.ts';

// Paid tier of the Gemini API, global. Storage of cached content is billed by the hour and not part of a call.
export const geminiPrices: PriceList = {
  provider: 'gcp.gemini',
  source:
    'ai.google.dev/gemini-api/docs/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026); batch verified there 2026-10-14',
  prices: `
gemini-4-argon : input 2 output 10 cacheRead 0.1
gemini-4-argon from 2026-10-14 : input 2 output 10 cacheRead 0.1
gemini-4-argon from 2026-10-14 batch : input 1 output 5 cacheRead 0.05
gemini-4-argon from 2026-12-01 : input 4 output 20 cacheRead 0.2
gemini-4-argon from 2026-12-01 batch : input 2 output 10 cacheRead 0.1
gemini-3.8-flash : input 0.75 output 3.75 cacheRead 0.075
gemini-3.8-flash from 2026-10-14 : input 0.75 output 3.75 cacheRead 0.075
gemini-3.8-flash from 2026-10-14 batch : input 0.375 output 1.875 cacheRead 0.0375
gemini-3.8-flash from 2027-01-01 : input 1.5 output 7.5 cacheRead 0.15
gemini-3.8-flash from 2027-01-01 batch : input 0.75 output 3.75 cacheRead 0.075
gemini-3.7-flash : input 0.75 output 3.75 cacheRead 0.075
gemini-3.7-flash from 2027-01-01 : input 1.5 output 7.5 cacheRead 0.15
gemini-3.6-flash : input 0.75 output 3.75 cacheRead 0.075
gemini-3.6-flash from 2026-10-14 : input 0.75 output 3.75 cacheRead 0.075
gemini-3.6-flash from 2026-10-14 batch : input 0.375 output 1.875 cacheRead 0.0375
gemini-3.6-flash from 2027-01-01 : input 1.5 output 7.5 cacheRead 0.15
gemini-3.6-flash from 2027-01-01 batch : input 0.75 output 3.75 cacheRead 0.075
gemini-3.5-flash : input 1.5 output 9 cacheRead 0.15
gemini-3.5-flash-lite : input 0.3 output 2.5 cacheRead 0.03
gemini-3.5-flash-lite from 2026-10-14 : input 0.3 output 2.5 cacheRead 0.03
gemini-3.5-flash-lite from 2026-10-14 batch : input 0.15 output 1.25 cacheRead 0.02
gemini-3.1-pro-preview : input 2 output 12 cacheRead 0.2
gemini-3.1-pro-preview above 200000 : input 4 output 18 cacheRead 0.4
gemini-3.1-pro-preview from 2026-10-14 : input 2 output 12 cacheRead 0.2
gemini-3.1-pro-preview from 2026-10-14 above 200000 : input 4 output 18 cacheRead 0.4
gemini-3.1-pro-preview from 2026-10-14 batch : input 1 output 6
gemini-3.1-pro-preview from 2026-10-14 batch above 200000 : input 2 output 9
gemini-3.1-flash-lite : input 0.25 output 1.5 cacheRead 0.025 audioInput 0.5 audioCacheRead 0.05
gemini-3.1-flash-lite from 2026-10-14 : input 0.25 output 1.5 cacheRead 0.025 audioInput 0.5 audioCacheRead 0.05
gemini-3.1-flash-lite from 2026-10-14 batch : input 0.125 output 0.75 cacheRead 0.0125 audioInput 0.25 audioCacheRead 0.025
gemini-3.1-flash-image-preview : input 0.5 output 3 imageOutput 60
gemini-3.1-flash-image-preview from 2026-10-14 : input 0.5 output 3 imageOutput 60
gemini-3.1-flash-image-preview from 2026-10-14 batch : input 0.25 output 1.5 imageOutput 30
gemini-3-flash-preview : input 0.5 output 3 cacheRead 0.05 audioInput 1 audioCacheRead 0.1
gemini-3-flash-preview from 2026-01-05 : input 0.5 output 3 cacheRead 0.05 audioInput 1 audioCacheRead 0.1
gemini-3-flash-preview from 2026-10-14 : input 0.5 output 3 cacheRead 0.05 audioInput 1 audioCacheRead 0.1
gemini-3-flash-preview from 2026-10-14 batch : input 0.25 output 1.5 audioInput 0.5
gemini-3-pro-image-preview : input 2 output 12 imageOutput 120
gemini-3-pro-image-preview from 2026-01-05 : input 2 output 12 imageOutput 120
gemini-3-pro-image-preview from 2026-10-14 : input 2 output 12 imageOutput 120
gemini-3-pro-image-preview from 2026-10-14 batch : input 1 output 6 imageOutput 60
gemini-2.5-pro : input 1.25 output 10 cacheRead 0.125
gemini-2.5-pro above 200000 : input 2.5 output 15 cacheRead 0.25
gemini-2.5-pro from 2026-10-14 : input 1.25 output 10 cacheRead 0.125
gemini-2.5-pro from 2026-10-14 above 200000 : input 2.5 output 15 cacheRead 0.25
gemini-2.5-pro from 2026-10-14 batch : input 0.625 output 5
gemini-2.5-pro from 2026-10-14 batch above 200000 : input 1.25 output 7.5
gemini-2.5-flash : input 0.3 output 2.5 cacheRead 0.03 audioInput 1 audioCacheRead 0.1
gemini-2.5-flash from 2026-10-14 : input 0.3 output 2.5 cacheRead 0.03 audioInput 1 audioCacheRead 0.1
gemini-2.5-flash from 2026-10-14 batch : input 0.15 output 1.25 audioInput 0.5
gemini-2.5-flash-lite : input 0.1 output 0.4 cacheRead 0.01 audioInput 0.3 audioCacheRead 0.03
gemini-2.5-flash-lite from 2026-10-14 : input 0.1 output 0.4 cacheRead 0.01 audioInput 0.3 audioCacheRead 0.03
gemini-2.5-flash-lite from 2026-10-14 batch : input 0.05 output 0.2 audioInput 0.15
gemini-2.5-flash-image : input 0.3 output 2.5 imageOutput 30
gemini-embedding-001 : input 0.15
`,
};
