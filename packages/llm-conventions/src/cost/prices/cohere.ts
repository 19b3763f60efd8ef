import type { PriceList } from '../price-list.ts';

// Billed units; searches are billed apart.
export const coherePrices: PriceList = {
  provider: 'cohere',
  ownServers: ['api.cohere.com', 'api.cohere.ai'],
  source:
    'cohere.com/pricing and docs.cohere.com, as recorded by genai-prices 0.2.3 (Pydantic, November 2026)',
  prices: `
command-a-03-2025 = command-a
command-a : in 2.5 out 10
command-r-plus-08-2024 = command-r-plus
command-r-plus : in 2.5 out 10
command-r-08-2024 = command-r
command-r : in 0.15 out 0.6
command-r7b-12-2024 = command-r7b
command-r7b : in 0.0375 out 0.15
embed-v4.0 : in 0.12
`,
};
