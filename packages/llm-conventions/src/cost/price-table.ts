import type { ModelPrices, PriceTable } from './price-types.ts';
import { modelsOf, type PriceList } from './price-list.ts';
import { anthropicPrices } from './prices/anthropic.ts';
import { bedrockPrices } from './prices/bedrock.ts';
import { coherePrices } from './prices/cohere.ts';
import { deepSeekPrices } from './prices/deepseek.ts';
import { geminiPrices } from './prices/gemini.ts';
import { groqPrices } from './prices/groq.ts';
import { mistralPrices } from './prices/mistral.ts';
import { moonshotPrices } from './prices/moonshot.ts';
import { openAiGpt5Prices } from './prices/openai-gpt-5.ts';
import { openAiGpt6Prices } from './prices/openai-gpt-6.ts';
import { openAiOtherPrices } from './prices/openai-other.ts';
import { vertexPrices } from './prices/vertex.ts';
import { xAiPrices } from './prices/xai.ts';

/** Every list of `prices/`. */
export const priceLists: readonly PriceList[] = [
  openAiGpt6Prices,
  openAiGpt5Prices,
  openAiOtherPrices,
  anthropicPrices,
  geminiPrices,
  mistralPrices,
  xAiPrices,
  groqPrices,
  coherePrices,
  moonshotPrices,
  deepSeekPrices,
  bedrockPrices,
  vertexPrices,
];

let models: readonly ModelPrices[] | undefined;

/**
 * The built-in prices: list prices of the providers' own APIs, of Bedrock and of Vertex AI as far as the id of a model and the
 * endpoint tell them, without taxes, contracts, searches and storage. Read when they are first asked for; nothing is ever fetched.
 */
export const priceTable: PriceTable = {
  version: 'llm-otel-2026-11-27',
  get models() {
    return (models ??= priceLists.flatMap(modelsOf));
  },
};
