import type { PriceList } from '../price-list.ts';

// Above 199,999 input tokens all tokens of a call have the higher price.
export const xAiPrices: PriceList = {
  provider: 'x_ai',
  ownServers: ['api.x.ai'],
  source:
    'docs.x.ai/developers/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026)',
  prices: `
grok-4.7 : in 2 out 6 read 0.5
grok-4.7 above 199999 : in 4 out 12 read 1
grok-4.6 : in 2 out 6 read 0.5
grok-4.6 above 199999 : in 4 out 12 read 1
grok-4.5 : in 2 out 6 read 0.3
grok-4.5 above 199999 : in 4 out 12 read 0.6
grok-4.3 : in 1.25 out 2.5 read 0.2
grok-4.3 above 199999 : in 2.5 out 5 read 0.4
grok-4.3 from 2026-10-14 batch : in 1 out 2 read 0.16
grok-4.3 from 2026-10-14 batch above 199999 : in 2 out 4 read 0.32
grok-4.20 : in 2 out 6 read 0.2
grok-4.20 above 199999 : in 4 out 12 read 0.4
grok-4.20 from 2026-04-30 : in 1.25 out 2.5 read 0.2
grok-4.20 from 2026-04-30 above 199999 : in 2.5 out 5 read 0.4
grok-4.20 from 2026-10-14 batch : in 1 out 2 read 0.16
grok-4.20 from 2026-10-14 batch above 199999 : in 2 out 4 read 0.32
grok-build-0.1 : in 1 out 2 read 0.2
grok-build-0.1 above 199999 : in 2 out 4 read 0.4
grok-4 = grok-4-0709
grok-4-0709 : in 3 out 15 read 0.75
grok-4-fast-reasoning : in 0.2 out 0.5 read 0.05
grok-4-fast-non-reasoning : in 0.2 out 0.5 read 0.05
grok-4-1-fast-reasoning : in 0.2 out 0.5 read 0.05
grok-4-1-fast-non-reasoning : in 0.2 out 0.5 read 0.05
grok-code-fast-1 : in 0.2 out 1.5 read 0.02
grok-3 : in 3 out 15 read 0.75
grok-3-mini : in 0.3 out 0.5 read 0.075
`,
};
