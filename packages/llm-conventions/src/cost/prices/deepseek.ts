import type { PriceList } from '../price-list.ts';

// Since 2026-08-17 the price depends on the hour and on Chinese holidays; from that day on the cost is unknown.
export const deepSeekPrices: PriceList = {
  provider: 'deepseek',
  source:
    'api-docs.deepseek.com/quick_start/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026)',
  prices: `
deepseek-v4-pro until 2026-08-17 : input 0.435 output 0.87 cacheRead 0.003625
deepseek-v4-flash until 2026-08-17 : input 0.14 output 0.28 cacheRead 0.0028
`,
};
