import type { PriceList } from '../price-list.ts';

// Regional and multi-region endpoints cost a tenth more, and the id of a model does not tell the endpoint: the prices hold
// for the global one alone. Left out are models whose price there is not in the source.
export const vertexPrices: PriceList = {
  provider: 'gcp.vertex_ai',
  serverAddress: 'aiplatform.googleapis.com',
  source:
    'cloud.google.com/vertex-ai/generative-ai/pricing, Claude models, global endpoint, as recorded by genai-prices 0.2.3 (Pydantic, November 2026)',
  prices: `
claude-fable-5 : in 10 out 50 read 1 write 12.5 hour 20
claude-fable-5-1 : in 10 out 50 read 0.25 write 12.5 hour 20
claude-fable-5-2 : in 8 out 40 read 0.2 write 10 hour 16
claude-haiku-4-5 : in 1 out 5 read 0.1 write 1.25 hour 2
claude-haiku-5-5 : in 0.1 out 0.5 read 0.01 write 0.125 hour 0.2
claude-haiku-5-5 above 100000 : in 0.5 out 2.5 read 0.05 write 0.625 hour 1
claude-opus-4-5 : in 5 out 25 read 0.5 write 6.25 hour 10
claude-opus-4-6 from 2026-03-13 : in 5 out 25 read 0.5 write 6.25 hour 10
claude-opus-4-7 : in 5 out 25 read 0.5 write 6.25 hour 10
claude-opus-4-8 : in 5 out 25 read 0.5 write 6.25 hour 10
claude-opus-5 : in 5 out 25 read 0.5 write 6.25 hour 10
claude-sonnet-4-5 : in 3 out 15 read 0.3 write 3.75 hour 6
claude-sonnet-4-5 above 200000 : in 6 out 22.5 read 0.6 write 7.5 hour 12
claude-sonnet-4-6 from 2026-03-13 : in 3 out 15 read 0.3 write 3.75 hour 6
claude-sonnet-5-5 : in 2 out 10 read 0.1 write 2.5 hour 4
`,
};
