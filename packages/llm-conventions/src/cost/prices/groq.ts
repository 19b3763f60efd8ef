import type { PriceList } from '../price-list.ts';

// Prices of text models; transcription is billed by the hour.
export const groqPrices: PriceList = {
  provider: 'groq',
  source:
    'console.groq.com/docs/models, as recorded by genai-prices 0.2.3 (Pydantic, November 2026)',
  prices: `
openai/gpt-oss-120b : input 0.15 output 0.6 cacheRead 0.075
openai/gpt-oss-120b from 2026-10-14 : input 0.15 output 0.6 cacheRead 0.075
openai/gpt-oss-120b from 2026-10-14 batch : input 0.075 output 0.3 cacheRead 0.075
openai/gpt-oss-20b : input 0.075 output 0.3 cacheRead 0.0375
openai/gpt-oss-20b from 2026-10-14 : input 0.075 output 0.3 cacheRead 0.0375
openai/gpt-oss-20b from 2026-10-14 batch : input 0.0375 output 0.15 cacheRead 0.0375
openai/gpt-oss-safeguard-20b : input 0.075 output 0.3 cacheRead 0.0375
qwen/qwen3.8-27b : input 0.8 output 4
qwen/qwen3-32b : input 0.29 output 0.59
meta-llama/llama-4-maverick-17b-128e-instruct : input 0.2 output 0.6
meta-llama/llama-4-scout-17b-16e-instruct : input 0.11 output 0.34
llama-3.3-70b-versatile : input 0.59 output 0.79
llama-3.1-8b-instant : input 0.05 output 0.08
`,
};
