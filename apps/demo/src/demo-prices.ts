import { type PriceTable, priceTable, withPrices } from '@llm-otel/llm-conventions';

type ModelPrices = PriceTable['models'][number];

const anywhere = (model: ModelPrices): ModelPrices => ({ ...model, ownServers: undefined });

/** The emulator stands for the providers, at an address that no list price holds for: the demo says that they do here. */
export function demoPrices(): PriceTable {
  return withPrices(priceTable.models.map(anywhere), { version: `${priceTable.version}-demo` });
}
