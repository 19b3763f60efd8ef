import type { PriceList } from '../price-list.ts';

// Kimi writes to its cache at the input price, for an hour at twice that. The platform for China, api.moonshot.cn, has a
// price list of its own, in another currency.
export const moonshotPrices: PriceList = {
  provider: 'moonshot_ai',
  ownServers: ['api.moonshot.ai'],
  source:
    'platform.kimi.ai/docs/pricing, as recorded by genai-prices 0.2.3 (Pydantic, November 2026)',
  prices: `
kimi-k3.1-pro : in 2 out 10 read 0.2 write 2 hour 4
kimi-k3.1-pro-highspeed : in 4 out 20 read 0.2 write 4 hour 8
kimi-k3 : in 3 out 15 read 0.3 write 3 hour 6
kimi-k2.7-code : in 0.95 out 4 read 0.19
kimi-k2.7-code-highspeed : in 1.9 out 8 read 0.38
kimi-k2.6 : in 0.95 out 4 read 0.16
kimi-k2.5 : in 0.6 out 3 read 0.1
kimi-k2-thinking : in 0.6 out 2.5 read 0.15
`,
};
