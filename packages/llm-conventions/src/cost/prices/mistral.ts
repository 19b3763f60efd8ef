import type { PriceList } from '../price-list.ts';

// Aliases that moved from one model to another have the price of the day.
export const mistralPrices: PriceList = {
  provider: 'mistral_ai',
  ownServers: ['api.mistral.ai'],
  source:
    'mistral.ai/pricing/api and docs.mistral.ai, as recorded by genai-prices 0.2.3 (Pydantic, November 2026)',
  prices: `
mistral-large-4 : in 0.68 out 2.09 read 0.07
mistral-large-4 from 2026-10-14 batch : in 0.34 out 1.045 read 0.035
mistral-large-4 from 2026-10-20 : in 1.36 out 4.18 read 0.14
mistral-large-4 from 2026-10-20 batch : in 0.68 out 2.09 read 0.07
mistral-large-4 from 2026-10-29 : in 0.7 out 2.1 read 0.07
mistral-large-4 from 2026-10-29 batch : in 0.35 out 1.05 read 0.035
mistral-large-3 = mistral-large-2512
mistral-large-2512 : in 0.5 out 1.5 read 0.05
mistral-large-2512 from 2026-10-14 batch : in 0.25 out 0.75 read 0.025
mistral-medium-3.5 = mistral-medium-3-5
mistral-medium-3-5 : in 1.5 out 7.5 read 0.15
mistral-medium-3-5 from 2026-10-14 batch : in 0.75 out 3.75 read 0.075
mistral-medium-latest : in 0.4 out 2 read 0.04
mistral-medium-latest from 2026-06-16 : in 1.5 out 7.5 read 0.15
mistral-medium-latest from 2026-10-14 batch : in 0.75 out 3.75 read 0.075
mistral-small-4 = mistral-small-2603
mistral-small-2603 : in 0.15 out 0.6 read 0.015
mistral-small-2603 from 2026-10-14 batch : in 0.075 out 0.3 read 0.0075
mistral-small-latest : in 0.1 out 0.3
mistral-small-latest from 2026-03-16 : in 0.15 out 0.6 read 0.015
mistral-small-latest from 2026-10-14 batch : in 0.075 out 0.3 read 0.0075
ministral-14b-2512 : in 0.2 out 0.2 read 0.02
ministral-14b-2512 from 2026-10-14 batch : in 0.1 out 0.1 read 0.01
ministral-8b-2512 : in 0.15 out 0.15 read 0.015
ministral-8b-2512 from 2026-10-14 batch : in 0.075 out 0.075 read 0.0075
ministral-3b-2512 : in 0.1 out 0.1 read 0.01
ministral-3b-2512 from 2026-10-14 batch : in 0.05 out 0.05 read 0.005
codestral-2508 : in 0.3 out 0.9 read 0.03
codestral-2508 from 2026-10-14 batch : in 0.15 out 0.45 read 0.015
devstral-2512 : in 0.4 out 2 read 0.04
codestral-embed-2505 : in 0.15 read 0.015
`,
};
