import { checkModels } from './check-prices.ts';
import { InvalidOptionError } from '@llm-otel/core';
import { priceTable } from './price-table.ts';
import type { ModelPrices, PriceTable } from './price-types.ts';

/**
 * A table with prices of your own in front of another one: for a contract, a gateway, or a model the table lacks. A name
 * of a model that is in both, be it its id or an alias, has your price, at all times; all other names keep theirs.
 * `version` stands on the spans.
 * @throws {@link InvalidOptionError} for a price that is no whole number of micro-USD, a day that is none, a member or
 *   a source that is not right, a model that is there twice, and whatever else would make a cost wrong without a word
 */
export function withPrices(
  models: readonly ModelPrices[],
  { version, table = priceTable }: { readonly version: string; readonly table?: PriceTable },
): PriceTable {
  if (typeof version !== 'string' || version === '')
    throw new InvalidOptionError({
      option: 'version',
      value: version,
      use: 'a name for these prices, which stands on every span that is priced with them',
    });
  checkModels(models);
  return {
    version,
    // Read when it is first needed, as the built-in table. What comes later wins.
    get models() {
      return [...table.models, ...models];
    },
  };
}
