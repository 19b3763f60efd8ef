import { InvalidOptionError } from '@llm-otel/core';
import { checkPeakTimes } from './peak-times.ts';
import { priceTable } from './price-table.ts';
import type { ModelPrices, PriceTable } from './price-types.ts';

/**
 * A table with prices of your own in front of another one: for a contract, a gateway, or a model the table lacks. A
 * model that is in both has your price, at all times. `version` stands on the spans.
 * @throws {@link InvalidOptionError} for a price that is no whole number of micro-USD or a day that is none
 */
export function withPrices(
  models: readonly ModelPrices[],
  { version, table = priceTable }: { readonly version: string; readonly table?: PriceTable },
): PriceTable {
  for (const entry of models) check(entry);
  const own = new Set(models.flatMap(namesOf));
  return {
    version,
    // Read when it is first needed, as the built-in table.
    get models() {
      const others = table.models.filter((entry) => !namesOf(entry).some((name) => own.has(name)));
      return [...models, ...others];
    },
  };
}

function namesOf({ provider, model, aliases = [] }: ModelPrices): string[] {
  return [model, ...aliases].map((name) => `${provider} ${name}`);
}

const DAY = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}Z)?$/;

function check({ provider, model, prices }: ModelPrices): void {
  let before = '';
  for (const price of prices) {
    const option = `prices of ${provider} ${model}`;
    if (!DAY.test(price.from) || price.from <= before || Number.isNaN(Date.parse(price.from)))
      throw new InvalidOptionError({
        option: `${option}, from`,
        value: price.from,
        use: 'a day as YYYY-MM-DD, the oldest price first',
      });
    before = price.from;
    for (const tokens of [price, price.peak, price.batch, price.flex, price.priority])
      checkNumbers(option, tokens);
    if (price.peak !== undefined) checkPeakTimes(option, price.peak.at);
  }
}

function checkNumbers(option: string, prices: object | undefined): void {
  for (const [name, value] of Object.entries(prices ?? {}))
    if (typeof value === 'number' && !(Number.isSafeInteger(value) && value >= 0))
      throw new InvalidOptionError({
        option: `${option}, ${name}`,
        value,
        use: 'a whole number of micro-USD per million tokens (USD per million tokens times 1,000,000)',
      });
}
