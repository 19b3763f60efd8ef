import type { PriceList } from '../price-list.ts';

// Prices of text models; transcription is billed by the hour.
export const groqPrices: PriceList = {
  provider: 'groq',
  ownServers: ['api.groq.com'],
  source:
    'console.groq.com/docs/models, as recorded by genai-prices 0.2.3 (Pydantic, November 2026)',
  prices: `
openai/gpt-oss-120b : in 0.15 out 0.6 read 0.075
openai/gpt-oss-120b from 2026-10-14 batch : in 0.075 out 0.3 read 0.075
openai/gpt-oss-20b : in 0.075 out 0.3 read 0.0375
openai/gpt-oss-20b from 2026-10-14 batch : in 0.0375 out 0.15 read 0.0375
openai/gpt-oss-safeguard-20b : in 0.075 out 0.3 read 0.0375
qwen/qwen3.8-27b : in 0.8 out 4
qwen/qwen3-32b : in 0.29 out 0.59
meta-llama/llama-4-maverick-17b-128e-instruct : in 0.2 out 0.6
meta-llama/llama-4-scout-17b-16e-instruct : in 0.11 out 0.34
llama-3.3-70b-versatile : in 0.59 out 0.79
llama-3.1-8b-instant : in 0.05 out 0.08
`,
};
