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
  const millis = Number(at);
  const price = findModel(table, provider, model)?.prices.findLast(
    ({ from }) => startOf(from) <= millis,
  );
  const microUsd = price === undefined ? undefined : priced(usage, price);
  return microUsd === undefined ? undefined : { microUsd, priceTable: table.version };
}

// 2025-08-07 or 20250929 at the end of a model id.
const DATE = /-(?:\d{4}-\d{2}-\d{2}|\d{8})$/;

function findModel(table: PriceTable, provider: string, model: string): ModelPrices | undefined {
  const models = modelsOf(table);
  const exact = models.get(`${provider} ${model}`);
  if (exact !== undefined) return exact;
  const date = model.search(DATE);
  return date === -1 ? undefined : models.get(`${provider} ${model.slice(0, date)}`);
}

const indexes = new WeakMap<PriceTable, Map<string, ModelPrices>>();

/** The models of a table by provider and name, put together once for each table. */
function modelsOf(table: PriceTable): Map<string, ModelPrices> {
  let index = indexes.get(table);
  if (index === undefined) {
    index = new Map(table.models.map((entry) => [`${entry.provider} ${entry.model}`, entry]));
    indexes.set(table, index);
  }
  return index;
}

function priced(usage: Usage, price: Price): number | undefined {
  const input = tokenCount(usage.inputTokens);
  const output = price.output === undefined ? 0 : tokenCount(usage.outputTokens);
  if (input === undefined || output === undefined) return undefined;
  if (input > (price.maxInputTokens ?? Infinity)) return undefined;

  const cacheRead = tokenCount(usage.cacheReadTokens) ?? 0;
  const cacheWrite = tokenCount(usage.cacheWriteTokens) ?? 0;
  const oneHour = tokenCount(usage.cacheWriteOneHourTokens) ?? 0;
  // Parts that are more than their whole: the usage contradicts itself.
  if (cacheRead + cacheWrite > input || oneHour > cacheWrite) return undefined;
  const sum = new PriceSum();
  sum.add(input - cacheRead - cacheWrite, price.input);
  sum.add(cacheRead, price.cacheRead);
  sum.add(cacheWrite - oneHour, price.cacheWrite);
  sum.add(oneHour, price.cacheWriteOneHour);
  sum.add(output, price.output);
  return sum.rounded();
}

const MILLION = 1_000_000;

/**
 * The sum of tokens x price / 1,000,000, rounded once. Whole millions of tokens are taken out first, so that
 * every product stays below 2^53 and is exact.
 */
class PriceSum {
  #whole = 0;
  #rest = 0;
  #known = true;

  add(tokens: number, price: number | undefined): void {
    if (tokens === 0) return;
    if (price === undefined) {
      this.#known = false;
      return;
    }
    this.#whole += Math.floor(tokens / MILLION) * price;
    this.#rest += (tokens % MILLION) * price;
  }

  /** Undefined where tokens had no price. */
  rounded(): number | undefined {
    if (!this.#known) return undefined;
    const whole = this.#whole + Math.floor(this.#rest / MILLION);
    return (this.#rest % MILLION) * 2 >= MILLION ? whole + 1 : whole;
  }
}

// As many entries as there are days in price tables.
const starts = new Map<string, number>();

/** Midnight UTC of a day, parsed once. */
function startOf(day: string): number {
  let millis = starts.get(day);
  if (millis === undefined) starts.set(day, (millis = Date.parse(day)));
  return millis;
}
