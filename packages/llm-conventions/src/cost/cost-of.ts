import { tokenCount, type Usage } from '../usage/usage.ts';
import { priceTable } from './price-table.ts';
import type { ModelPrices, Price, PriceTable } from './price-types.ts';

export interface CostQuestion {
  /** As in `gen_ai.provider.name`. */
  readonly provider: string;
  /** Model id, with or without a date at its end. */
  readonly model: string;
  readonly usage: Usage;
  /** When the call was made. @defaultValue now */
  readonly at?: Date | number | undefined;
}

export interface Cost {
  /** Whole micro-USD, rounded once, half up. */
  readonly microUsd: number;
  /** Version of the table the price came from. */
  readonly priceTable: string;
}

/**
 * The list price of a call. Undefined where the model, the price at that time or a part of the usage is not
 * known: a cost that is not known is not zero.
 */
export function costOf(question: CostQuestion, table: PriceTable = priceTable): Cost | undefined {
  const { provider, model, usage, at = Date.now() } = question;
  const price = findModel(table, provider, model)?.prices.findLast(
    ({ from }) => startOf(from) <= Number(at),
  );
  const parts = price === undefined ? undefined : pricedParts(usage, price);
  return parts === undefined
    ? undefined
    : { microUsd: roundedSum(parts), priceTable: table.version };
}

// 2025-08-07 or 20250929 at the end of a model id.
const DATE = /-(?:\d{4}-\d{2}-\d{2}|\d{8})$/;

function findModel(table: PriceTable, provider: string, model: string): ModelPrices | undefined {
  const find = (name: string): ModelPrices | undefined =>
    table.models.find((entry) => entry.model === name && entry.provider === provider);
  return find(model) ?? (DATE.test(model) ? find(model.replace(DATE, '')) : undefined);
}

/** Tokens and the micro-USD per million that each of them costs. */
type PricedPart = readonly [tokens: number, price: number];

function pricedParts(usage: Usage, price: Price): PricedPart[] | undefined {
  const input = tokenCount(usage.inputTokens);
  const output = price.output === undefined ? 0 : tokenCount(usage.outputTokens);
  if (input === undefined || output === undefined) return undefined;
  if (input > (price.maxInputTokens ?? Infinity)) return undefined;

  const cacheRead = tokenCount(usage.cacheReadTokens) ?? 0;
  const cacheWrite = tokenCount(usage.cacheWriteTokens) ?? 0;
  const oneHour = tokenCount(usage.cacheWriteOneHourTokens) ?? 0;
  // Parts that are more than their whole: the usage contradicts itself.
  if (cacheRead + cacheWrite > input || oneHour > cacheWrite) return undefined;
  const parts: (readonly [tokens: number, price: number | undefined])[] = [
    [input - cacheRead - cacheWrite, price.input],
    [cacheRead, price.cacheRead],
    [cacheWrite - oneHour, price.cacheWrite],
    [oneHour, price.cacheWriteOneHour],
    [output, price.output],
  ];
  const used = parts.filter(([tokens]) => tokens > 0);
  return used.every((part): part is PricedPart => part[1] !== undefined) ? used : undefined;
}

const MILLION = 1_000_000;

/**
 * The sum of tokens x price / 1,000,000, rounded once. Whole millions of tokens are taken out first, so that
 * every product stays below 2^53 and is exact.
 */
function roundedSum(parts: readonly PricedPart[]): number {
  let whole = 0;
  let rest = 0;
  for (const [tokens, price] of parts) {
    whole += Math.floor(tokens / MILLION) * price;
    rest += (tokens % MILLION) * price;
  }
  whole += Math.floor(rest / MILLION);
  return (rest % MILLION) * 2 >= MILLION ? whole + 1 : whole;
}

// As many entries as there are days in price tables.
const starts = new Map<string, number>();

/** Midnight UTC of a day, parsed once. */
function startOf(day: string): number {
  let millis = starts.get(day);
  if (millis === undefined) starts.set(day, (millis = Date.parse(day)));
  return millis;
}
