import type { Usage } from '../usage/usage.ts';
import { findModel } from './find-model.ts';
import { pricedUsage } from './priced-usage.ts';
import type { Amount } from './price-sum.ts';
import { priceTable } from './price-table.ts';
import { isPeak } from './peak-times.ts';
import { ALWAYS } from './price-list.ts';
import type { Price, PriceTable, PriceTier, TierPrices } from './price-types.ts';

export interface CostQuestion {
  /** As in `gen_ai.provider.name`. */
  readonly provider: string;
  /** Model id, with or without a date at its end. */
  readonly model: string;
  readonly usage: Usage;
  /** The tier the call was served in, in the provider's words. @defaultValue the standard one */
  readonly tier?: string | undefined;
  /** When the call was made. @defaultValue now */
  readonly at?: Date | number | undefined;
  /** As in `server.address`. Some platforms have other prices at other endpoints. */
  readonly serverAddress?: string | undefined;
}

export interface Cost extends Amount {
  /** Version of the table the price came from. */
  readonly priceTable: string;
  /** Which price of that table it is: `anthropic/claude-opus-5@2026-10-14`, with the first day of the price if it has one. */
  readonly priceId: string;
  /** Where that table has the price from. */
  readonly priceSource: string;
  readonly tier: PriceTier;
}

/**
 * The list price of a call. Undefined where the model, the price at that time or in that tier, or a part of the
 * usage is not known: a cost that is not known is not zero.
 */
export function costOf(question: CostQuestion, table: PriceTable = priceTable): Cost | undefined {
  const { provider, model, usage, at = Date.now() } = question;
  // Without types these may be missing: then the cost is not known.
  if (typeof provider !== 'string' || typeof model !== 'string' || !isUsage(usage))
    return undefined;
  const tier = tierOf(question.tier);
  const found = findModel(table, provider, model, question.serverAddress);
  if (found === undefined || tier === undefined) return undefined;
  const price = priceAt(found.prices, Number(at));
  const prices = price && inTier(price, tier, Number(at));
  if (price === undefined || prices === undefined) return undefined;
  if ((usage.inputTokens ?? 0) > longestInput(price, prices)) return undefined;
  const amount = pricedUsage(usage, prices);
  if (amount === undefined) return undefined;
  const since = price.from === ALWAYS ? '' : `@${price.from}`;
  return {
    ...amount,
    priceTable: table.version,
    priceId: `${found.provider}/${found.model}${since}`,
    priceSource: found.source,
    tier,
  };
}

function isUsage(usage: unknown): boolean {
  return typeof usage === 'object' && usage !== null;
}

/** A tier without prices for long inputs has none where the standard tier has others for them. */
function longestInput(price: Price, inTier: TierPrices): number {
  const { maxInputTokens = Infinity, longInput } = price;
  const above = inTier.longInput === undefined ? longInput?.[0]?.above : undefined;
  return Math.min(maxInputTokens, above ?? Infinity);
}

/** The words of the providers. `auto` is a wish; the response says what came of it. */
const TIERS: ReadonlyMap<string, PriceTier> = new Map([
  ['default', 'standard'],
  ['standard', 'standard'],
  ['auto', 'standard'],
  ['on_demand', 'standard'],
  ['batch', 'batch'],
  ['flex', 'flex'],
  ['priority', 'priority'],
  ['fast', 'priority'],
]);

/** The tier that a provider's word for it stands for; undefined where nobody knows the word. */
export function tierOf(word: string | undefined): PriceTier | undefined {
  if (word === undefined) return 'standard';
  return typeof word === 'string' ? TIERS.get(word.toLowerCase()) : undefined;
}

function inTier(price: Price, tier: PriceTier, millis: number): TierPrices | undefined {
  if (tier !== 'standard') return price[tier];
  return price.peak !== undefined && isPeak(price.peak.at, millis) ? price.peak : price;
}

function priceAt(prices: readonly Price[], millis: number): Price | undefined {
  const price = prices.findLast(({ from }) => startOf(from) <= millis);
  return price?.until !== undefined && startOf(price.until) <= millis ? undefined : price;
}

// As many entries as there are days in price tables.
const starts = new Map<string, number>();

/** Midnight UTC of a day, or a minute, parsed once. */
function startOf(day: string): number {
  let millis = starts.get(day);
  if (millis === undefined) starts.set(day, (millis = Date.parse(day)));
  return millis;
}
