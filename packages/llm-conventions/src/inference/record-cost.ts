import { type Cost, costOf, type CostQuestion } from '../cost/cost-of.ts';
import type { PriceTable } from '../cost/price-types.ts';
import {
  ATTR_LLM_OTEL_COST_MICRO_USD,
  ATTR_LLM_OTEL_COST_PRICE_SOURCE,
  ATTR_LLM_OTEL_COST_PRICE_TABLE,
  ATTR_LLM_OTEL_COST_TIER,
} from '../generated/attributes.ts';
import { setIfKnown } from '../set-if-known.ts';

type Target = Parameters<typeof setIfKnown>[0];

/** The cost of a call by the name the provider answered with, else by the name that was asked for. */
export function recordCost(
  target: Target,
  question: CostQuestion,
  responseModel: string | undefined,
  prices: PriceTable,
): Cost | undefined {
  const cost =
    (responseModel === undefined
      ? undefined
      : costOf({ ...question, model: responseModel }, prices)) ?? costOf(question, prices);
  if (cost === undefined) return undefined;
  setIfKnown(target, ATTR_LLM_OTEL_COST_MICRO_USD, cost.microUsd);
  setIfKnown(target, ATTR_LLM_OTEL_COST_PRICE_TABLE, cost.priceTable);
  setIfKnown(target, ATTR_LLM_OTEL_COST_PRICE_SOURCE, cost.priceId);
  if (cost.tier !== 'standard') setIfKnown(target, ATTR_LLM_OTEL_COST_TIER, cost.tier);
  return cost;
}
