import type { PriceList } from '../price-list.ts';

// Above 199,999 input tokens all tokens of a call have the higher price.
export const xAiPrices: PriceList = {
  provider: 'x_ai',
  source:
    'docs.x.ai/developers/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026)',
  prices: `
grok-4.7 : input 2 output 6 cacheRead 0.5
grok-4.7 above 199999 : input 4 output 12 cacheRead 1
grok-4.6 : input 2 output 6 cacheRead 0.5
grok-4.6 above 199999 : input 4 output 12 cacheRead 1
grok-4.5 : input 2 output 6 cacheRead 0.3
grok-4.5 above 199999 : input 4 output 12 cacheRead 0.6
grok-4.3 : input 1.25 output 2.5 cacheRead 0.2
grok-4.3 above 199999 : input 2.5 output 5 cacheRead 0.4
grok-4.3 from 2026-10-14 : input 1.25 output 2.5 cacheRead 0.2
grok-4.3 from 2026-10-14 above 199999 : input 2.5 output 5 cacheRead 0.4
grok-4.3 from 2026-10-14 batch : input 1 output 2 cacheRead 0.16
grok-4.3 from 2026-10-14 batch above 199999 : input 2 output 4 cacheRead 0.32
grok-4.20 : input 2 output 6 cacheRead 0.2
grok-4.20 above 199999 : input 4 output 12 cacheRead 0.4
grok-4.20 from 2026-04-30 : input 1.25 output 2.5 cacheRead 0.2
grok-4.20 from 2026-04-30 above 199999 : input 2.5 output 5 cacheRead 0.4
grok-4.20 from 2026-10-14 : input 1.25 output 2.5 cacheRead 0.2
grok-4.20 from 2026-10-14 above 199999 : input 2.5 output 5 cacheRead 0.4
grok-4.20 from 2026-10-14 batch : input 1 output 2 cacheRead 0.16
grok-4.20 from 2026-10-14 batch above 199999 : input 2 output 4 cacheRead 0.32
grok-build-0.1 : input 1 output 2 cacheRead 0.2
grok-build-0.1 above 199999 : input 2 output 4 cacheRead 0.4
grok-4 = grok-4-0709
grok-4-0709 : input 3 output 15 cacheRead 0.75
grok-4-fast-reasoning : input 0.2 output 0.5 cacheRead 0.05
grok-4-fast-non-reasoning : input 0.2 output 0.5 cacheRead 0.05
grok-4-1-fast-reasoning : input 0.2 output 0.5 cacheRead 0.05
grok-4-1-fast-non-reasoning : input 0.2 output 0.5 cacheRead 0.05
grok-code-fast-1 : input 0.2 output 1.5 cacheRead 0.02
grok-3 : input 3 output 15 cacheRead 0.75
grok-3-mini : input 0.3 output 0.5 cacheRead 0.075
`,
};
