import type { PriceList } from '../price-list.ts';

// Paid tier of the Gemini API, global. Storage of cached content is billed by the hour and not part of a call.
export const geminiPrices: PriceList = {
  provider: 'gcp.gemini',
  ownServers: ['generativelanguage.googleapis.com'],
  source:
    'ai.google.dev/gemini-api/docs/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026); batch verified there 2026-10-14',
  prices: `
gemini-4-argon : in 2 out 10 read 0.1
gemini-4-argon from 2026-10-14 batch : in 1 out 5 read 0.05
gemini-4-argon from 2026-12-01 : in 4 out 20 read 0.2
gemini-4-argon from 2026-12-01 batch : in 2 out 10 read 0.1
gemini-3.8-flash : in 0.75 out 3.75 read 0.075
gemini-3.8-flash from 2026-10-14 batch : in 0.375 out 1.875 read 0.0375
gemini-3.8-flash from 2027-01-01 : in 1.5 out 7.5 read 0.15
gemini-3.8-flash from 2027-01-01 batch : in 0.75 out 3.75 read 0.075
gemini-3.7-flash : in 0.75 out 3.75 read 0.075
gemini-3.7-flash from 2027-01-01 : in 1.5 out 7.5 read 0.15
gemini-3.6-flash : in 0.75 out 3.75 read 0.075
gemini-3.6-flash from 2026-10-14 batch : in 0.375 out 1.875 read 0.0375
gemini-3.6-flash from 2027-01-01 : in 1.5 out 7.5 read 0.15
gemini-3.6-flash from 2027-01-01 batch : in 0.75 out 3.75 read 0.075
gemini-3.5-flash : in 1.5 out 9 read 0.15
gemini-3.5-flash-lite : in 0.3 out 2.5 read 0.03
gemini-3.5-flash-lite from 2026-10-14 batch : in 0.15 out 1.25 read 0.02
gemini-3.1-pro-preview : in 2 out 12 read 0.2
gemini-3.1-pro-preview above 200000 : in 4 out 18 read 0.4
gemini-3.1-pro-preview from 2026-10-14 batch : in 1 out 6
gemini-3.1-pro-preview from 2026-10-14 batch above 200000 : in 2 out 9
gemini-3.1-flash-lite : in 0.25 out 1.5 read 0.025 audioInput 0.5 audioCacheRead 0.05
gemini-3.1-flash-lite from 2026-10-14 batch : in 0.125 out 0.75 read 0.0125 audioInput 0.25 audioCacheRead 0.025
gemini-3.1-flash-image-preview : in 0.5 out 3 imageOutput 60
gemini-3.1-flash-image-preview from 2026-10-14 batch : in 0.25 out 1.5 imageOutput 30
gemini-3-flash-preview : in 0.5 out 3 read 0.05 audioInput 1 audioCacheRead 0.1
gemini-3-flash-preview from 2026-10-14 batch : in 0.25 out 1.5 audioInput 0.5
gemini-3-pro-image-preview : in 2 out 12 imageOutput 120
gemini-3-pro-image-preview from 2026-10-14 batch : in 1 out 6 imageOutput 60
gemini-2.5-pro : in 1.25 out 10 read 0.125
gemini-2.5-pro above 200000 : in 2.5 out 15 read 0.25
gemini-2.5-pro from 2026-10-14 batch : in 0.625 out 5
gemini-2.5-pro from 2026-10-14 batch above 200000 : in 1.25 out 7.5
gemini-2.5-flash : in 0.3 out 2.5 read 0.03 audioInput 1 audioCacheRead 0.1
gemini-2.5-flash from 2026-10-14 batch : in 0.15 out 1.25 audioInput 0.5
gemini-2.5-flash-lite : in 0.1 out 0.4 read 0.01 audioInput 0.3 audioCacheRead 0.03
gemini-2.5-flash-lite from 2026-10-14 batch : in 0.05 out 0.2 audioInput 0.15
gemini-2.5-flash-image : in 0.3 out 2.5 imageOutput 30
gemini-embedding-001 : in 0.15
`,
};
