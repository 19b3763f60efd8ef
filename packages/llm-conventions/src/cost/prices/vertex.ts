import type { PriceList } from '../price-list.ts';

// Regional and multi-region endpoints cost a tenth more, and the id of a model does not tell the endpoint: the prices hold
// for the global one alone. Left out are models whose price there is not in the source.
export const vertexPrices: PriceList = {
  provider: 'gcp.vertex_ai',
  serverAddress: 'aiplatform.googleapis.com',
  source:
    'cloud.google.com/vertex-ai/generative-ai/pricing, Claude models, global endpoint, as recorded by genai-prices 0.2.3 (Pydantic, November 2026)',
  prices: `
claude-fable-5 : input 10 output 50 cacheRead 1 cacheWrite 12.5 cacheWriteOneHour 20
claude-fable-5-1 : input 10 output 50 cacheRead 0.25 cacheWrite 12.5 cacheWriteOneHour 20
claude-fable-5-2 : input 8 output 40 cacheRead 0.2 cacheWrite 10 cacheWriteOneHour 16
claude-haiku-4-5 : input 1 output 5 cacheRead 0.1 cacheWrite 1.25 cacheWriteOneHour 2
claude-haiku-5-5 : input 0.1 output 0.5 cacheRead 0.01 cacheWrite 0.125 cacheWriteOneHour 0.2
claude-haiku-5-5 above 100000 : input 0.5 output 2.5 cacheRead 0.05 cacheWrite 0.625 cacheWriteOneHour 1
claude-opus-4-5 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-4-6 from 2026-03-13 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-4-7 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-4-8 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-opus-5 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
claude-sonnet-4-5 : input 3 output 15 cacheRead 0.3 cacheWrite 3.75 cacheWriteOneHour 6
claude-sonnet-4-5 above 200000 : input 6 output 22.5 cacheRead 0.6 cacheWrite 7.5 cacheWriteOneHour 12
claude-sonnet-4-6 from 2026-03-13 : input 3 output 15 cacheRead 0.3 cacheWrite 3.75 cacheWriteOneHour 6
claude-sonnet-5-5 : input 2 output 10 cacheRead 0.1 cacheWrite 2.5 cacheWriteOneHour 4
`,
};
