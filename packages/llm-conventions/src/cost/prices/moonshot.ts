import type { PriceList } from '../price-list.ts';

// Kimi writes to its cache at the input price, for an hour at twice that.
export const moonshotPrices: PriceList = {
  provider: 'moonshot_ai',
  source:
    'platform.kimi.ai/docs/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026)',
  prices: `
kimi-k3.1-pro : input 2 output 10 cacheRead 0.2 cacheWrite 2 cacheWriteOneHour 4
kimi-k3.1-pro-highspeed : input 4 output 20 cacheRead 0.2 cacheWrite 4 cacheWriteOneHour 8
kimi-k3 : input 3 output 15 cacheRead 0.3 cacheWrite 3 cacheWriteOneHour 6
kimi-k2.7-code : input 0.95 output 4 cacheRead 0.19
kimi-k2.7-code-highspeed : input 1.9 output 8 cacheRead 0.38
kimi-k2.6 : input 0.95 output 4 cacheRead 0.16
kimi-k2.5 : input 0.6 output 3 cacheRead 0.1
kimi-k2-thinking : input 0.6 output 2.5 cacheRead 0.15
`,
};
