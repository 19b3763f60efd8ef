import { type PriceTable, priceTable, withPrices } from '@llm-otel/llm-conventions';

type ModelPrices = PriceTable['models'][number];

const anywhere = (model: ModelPrices): ModelPrices => ({ ...model, ownServers: undefined });

/** The emulator stands for OpenAI, at an address that no list price holds for: the demo says that it does here. */
export function demoPrices(): PriceTable {
  const ofOpenAi = priceTable.models.filter(({ provider }) => provider === 'openai');
  return withPrices(ofOpenAi.map(anywhere), { version: `${priceTable.version}-demo` });
}
