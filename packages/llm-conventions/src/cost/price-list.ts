import type {
  ModelPrices,
  PeakTimes,
  Price,
  PriceTier,
  TierPrices,
  TokenPrices,
} from './price-types.ts';

/**
 * Prices of one provider as text, a line for each model, day, tier and length of input:
 *
 *     gpt-5.4 from 2026-10-14 batch above 272000 : in 2.5 out 11.25 read 0.25
 *     claude-sonnet-4 = claude-sonnet-4-0
 *
 * in USD per million tokens: input, output, what is read from the cache, written to it, and written for an hour. `from`
 * and `until` are days in UTC; without the first the source knows of no earlier price, or has no day for one, and
 * without the second it still holds. `upTo` is the longest input, `peak`
 * names the times at which a price holds, and `via us,eu` gives the model the other names `us.` and `eu.` have in front of
 * it. A line with `=` gives a model another name. A day with lines of tiers only leaves the standard price as it was.
 */
export interface PriceList {
  /** As in `gen_ai.provider.name`. */
  readonly provider: string;
  readonly source: string;
  readonly prices: string;
  /** The times that lines with `peak` name. */
  readonly peakTimes?: Readonly<Record<string, PeakTimes>>;
  /** See {@link ModelPrices.serverAddress}. */
  readonly serverAddress?: string | undefined;
  /** See {@link ModelPrices.ownServers}. */
  readonly ownServers?: readonly string[] | undefined;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

interface ModelLines {
  readonly aliases: string[];
  readonly prices: Writable<Price>[];
}

/** The models of a list. The list is our own data: a test reads every line of it. */
export function modelsOf(list: PriceList): ModelPrices[] {
  const { provider, source, serverAddress, ownServers } = list;
  const models = new Map<string, ModelLines>();
  const modelAt = (name: string): ModelLines => {
    let model = models.get(name);
    if (model === undefined) models.set(name, (model = { aliases: [], prices: [] }));
    return model;
  };
  for (const line of list.prices.trim().split('\n')) {
    const [alias, target] = line.split(' = ');
    if (alias !== undefined && target !== undefined) modelAt(target).aliases.push(alias);
    else addLine(line, modelAt, list);
  }
  return [...models].map(([model, { aliases, prices }]) => ({
    provider,
    model,
    aliases,
    serverAddress,
    ownServers,
    prices,
    source,
  }));
}

function addLine(line: string, modelAt: (name: string) => ModelLines, list: PriceList): void {
  const [head = '', numbers = ''] = line.split(' : ');
  const [name = '', ...words] = head.split(' ');
  const options = new Map<string, string>();
  let tier: PriceTier = 'standard';
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === 'batch' || word === 'flex' || word === 'priority') tier = word;
    else options.set(word, words[++index] ?? '');
  }
  const model = modelAt(name);
  for (const geography of options.get('via')?.split(',') ?? [])
    model.aliases.push(`${geography}.${name}`);
  const from = options.get('from') ?? ALWAYS;
  const prices = tokenPrices(numbers);
  let price = model.prices.find((known) => known.from === from);
  if (price === undefined) {
    const isTier = tier !== 'standard' || options.has('peak');
    price = { ...((isTier && standardOf(model.prices.at(-1))) || prices), from };
    model.prices.push(price);
  }
  const until = options.get('until');
  if (until !== undefined) price.until = until;
  const upTo = options.get('upTo');
  if (upTo !== undefined) price.maxInputTokens = Number(upTo);
  const at = list.peakTimes?.[options.get('peak') ?? ''];
  const above = options.get('above');
  if (at !== undefined) price.peak = { ...prices, at };
  else if (above !== undefined) {
    const long = { above: Number(above), ...prices };
    if (tier === 'standard') price.longInput = [...(price.longInput ?? []), long];
    else {
      const ofTier: TierPrices = price[tier] ?? prices;
      price[tier] = { ...ofTier, longInput: [...(ofTier.longInput ?? []), long] };
    }
  } else if (tier !== 'standard') price[tier] = prices;
}

/** A day that only brings prices of tiers leaves the standard ones as they were. */
function standardOf(price: Price | undefined): Writable<Price> | undefined {
  if (price === undefined) return undefined;
  const standard: Writable<Price> = { ...price };
  for (const member of ['until', 'peak', 'batch', 'flex', 'priority'] as const)
    delete standard[member];
  return standard;
}

/** A day before any model had a price: the first day is not known. */
export const ALWAYS = '1970-01-01';

function tokenPrices(text: string): TokenPrices {
  const words = text.split(' ');
  const prices: Record<string, number> = {};
  for (let index = 0; index + 1 < words.length; index += 2)
    prices[memberOf(words[index] ?? '')] = microUsd(words[index + 1] ?? '');
  return prices as unknown as TokenPrices;
}

/** Words that stand on every line are short: hundreds of lines are loaded. The others are the names of the members. */
const WORDS: ReadonlyMap<string, keyof TokenPrices> = new Map([
  ['in', 'input'],
  ['out', 'output'],
  ['read', 'cacheRead'],
  ['write', 'cacheWrite'],
  ['hour', 'cacheWriteOneHour'],
]);

function memberOf(word: string): string {
  return WORDS.get(word) ?? word;
}

/** `0.125` as 125000, digit by digit: no rounding. */
function microUsd(usd: string): number {
  const [whole = '', fraction = ''] = usd.split('.');
  return Number(whole + fraction.padEnd(6, '0'));
}
