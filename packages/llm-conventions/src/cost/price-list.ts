import type { ModelPrices, Price, PriceTier, TierPrices, TokenPrices } from './price-types.ts';

/**
 * Prices of one provider as text, a line for each model, day, tier and length of input:
 *
 *     gpt-5.4 from 2026-10-14 batch above 272000 : input 2.5 output 11.25 cacheRead 0.25
 *     claude-sonnet-4 = claude-sonnet-4-0
 *
 * in USD per million tokens. `from` and `until` are days in UTC; without them the price has always held or still
 * does. A line with `=` gives a model another name.
 */
export interface PriceList {
  /** As in `gen_ai.provider.name`. */
  readonly provider: string;
  readonly source: string;
  readonly prices: string;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The models of a list. The list is our own data: a test reads every line of it. */
export function modelsOf({ provider, source, prices }: PriceList): ModelPrices[] {
  const models = new Map<
    string,
    { readonly aliases: string[]; readonly prices: Writable<Price>[] }
  >();
  const modelAt = (
    name: string,
  ): { readonly aliases: string[]; readonly prices: Writable<Price>[] } => {
    let model = models.get(name);
    if (model === undefined) models.set(name, (model = { aliases: [], prices: [] }));
    return model;
  };
  for (const line of prices.trim().split('\n')) {
    const [alias, target] = line.split(' = ');
    if (alias !== undefined && target !== undefined) modelAt(target).aliases.push(alias);
    else addLine(line, (name) => modelAt(name).prices);
  }
  return [...models].map(([model, { aliases, prices: ofModel }]) => ({
    provider,
    model,
    aliases,
    prices: ofModel,
    source,
  }));
}

function addLine(line: string, pricesOf: (model: string) => Writable<Price>[]): void {
  const [head = '', numbers = ''] = line.split(' : ');
  const [model = '', ...words] = head.split(' ');
  const options = new Map<string, string>();
  let tier: PriceTier = 'standard';
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === 'batch' || word === 'flex' || word === 'priority') tier = word;
    else options.set(word, words[++index] ?? '');
  }
  const all = pricesOf(model);
  const from = options.get('from') ?? ALWAYS;
  const prices = tokenPrices(numbers);
  let price = all.find((known) => known.from === from);
  if (price === undefined) all.push((price = { from, ...prices }));
  const until = options.get('until');
  if (until !== undefined) price.until = until;
  const above = options.get('above');
  if (above !== undefined) {
    const long = { above: Number(above), ...prices };
    if (tier === 'standard') price.longInput = [...(price.longInput ?? []), long];
    else {
      const ofTier: TierPrices = price[tier] ?? prices;
      price[tier] = { ...ofTier, longInput: [...(ofTier.longInput ?? []), long] };
    }
  } else if (tier !== 'standard') price[tier] = prices;
}

/** A day before any model had a price. */
const ALWAYS = '1970-01-01';

function tokenPrices(text: string): TokenPrices {
  const words = text.split(' ');
  const prices: Record<string, number> = {};
  for (let index = 0; index + 1 < words.length; index += 2)
    prices[words[index] ?? ''] = microUsd(words[index + 1] ?? '');
  return prices as unknown as TokenPrices;
}

/** `0.125` as 125000, digit by digit: no rounding. */
function microUsd(usd: string): number {
  const [whole = '', fraction = ''] = usd.split('.');
  return Number(whole + fraction.padEnd(6, '0'));
}
