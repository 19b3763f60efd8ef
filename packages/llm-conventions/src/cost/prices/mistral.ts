import type { PriceList } from '../price-list.ts';

// Aliases that moved from one model to another have the price of the day.
export const mistralPrices: PriceList = {
  provider: 'mistral_ai',
  source:
    'mistral.ai/pricing/api and docs.mistral.ai, as recorded by genai-prices 0.2.3 (Pydantic, November 2026)',
  prices: `
mistral-large-4 : input 0.68 output 2.09 cacheRead 0.07
mistral-large-4 from 2026-10-14 : input 0.68 output 2.09 cacheRead 0.07
mistral-large-4 from 2026-10-14 batch : input 0.34 output 1.045 cacheRead 0.035
mistral-large-4 from 2026-10-20 : input 1.36 output 4.18 cacheRead 0.14
mistral-large-4 from 2026-10-20 batch : input 0.68 output 2.09 cacheRead 0.07
mistral-large-4 from 2026-10-29 : input 0.7 output 2.1 cacheRead 0.07
mistral-large-4 from 2026-10-29 batch : input 0.35 output 1.05 cacheRead 0.035
mistral-large-3 = mistral-large-2512
mistral-large-2512 : input 0.5 output 1.5 cacheRead 0.05
mistral-large-2512 from 2026-10-14 : input 0.5 output 1.5 cacheRead 0.05
mistral-large-2512 from 2026-10-14 batch : input 0.25 output 0.75 cacheRead 0.025
mistral-medium-3.5 = mistral-medium-3-5
mistral-medium-3-5 : input 1.5 output 7.5 cacheRead 0.15
mistral-medium-3-5 from 2026-10-14 : input 1.5 output 7.5 cacheRead 0.15
mistral-medium-3-5 from 2026-10-14 batch : input 0.75 output 3.75 cacheRead 0.075
mistral-medium-latest : input 0.4 output 2 cacheRead 0.04
mistral-medium-latest from 2026-06-16 : input 1.5 output 7.5 cacheRead 0.15
mistral-medium-latest from 2026-10-14 : input 1.5 output 7.5 cacheRead 0.15
mistral-medium-latest from 2026-10-14 batch : input 0.75 output 3.75 cacheRead 0.075
mistral-small-4 = mistral-small-2603
mistral-small-2603 : input 0.15 output 0.6 cacheRead 0.015
mistral-small-2603 from 2026-10-14 : input 0.15 output 0.6 cacheRead 0.015
mistral-small-2603 from 2026-10-14 batch : input 0.075 output 0.3 cacheRead 0.0075
mistral-small-latest : input 0.1 output 0.3
mistral-small-latest from 2026-03-16 : input 0.15 output 0.6 cacheRead 0.015
mistral-small-latest from 2026-10-14 : input 0.15 output 0.6 cacheRead 0.015
mistral-small-latest from 2026-10-14 batch : input 0.075 output 0.3 cacheRead 0.0075
ministral-14b-2512 : input 0.2 output 0.2 cacheRead 0.02
ministral-14b-2512 from 2026-10-14 : input 0.2 output 0.2 cacheRead 0.02
ministral-14b-2512 from 2026-10-14 batch : input 0.1 output 0.1 cacheRead 0.01
ministral-8b-2512 : input 0.15 output 0.15 cacheRead 0.015
ministral-8b-2512 from 2026-10-14 : input 0.15 output 0.15 cacheRead 0.015
ministral-8b-2512 from 2026-10-14 batch : input 0.075 output 0.075 cacheRead 0.0075
ministral-3b-2512 : input 0.1 output 0.1 cacheRead 0.01
ministral-3b-2512 from 2026-10-14 : input 0.1 output 0.1 cacheRead 0.01
ministral-3b-2512 from 2026-10-14 batch : input 0.05 output 0.05 cacheRead 0.005
codestral-2508 : input 0.3 output 0.9 cacheRead 0.03
codestral-2508 from 2026-10-14 : input 0.3 output 0.9 cacheRead 0.03
codestral-2508 from 2026-10-14 batch : input 0.15 output 0.45 cacheRead 0.015
devstral-2512 : input 0.4 output 2 cacheRead 0.04
codestral-embed-2505 : input 0.15 cacheRead 0.015
`,
};
