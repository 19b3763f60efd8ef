import {
  ATTR_LLM_OTEL_COST_MICRO_USD,
  ATTR_LLM_OTEL_COST_PRICE_SOURCE,
  ATTR_LLM_OTEL_COST_PRICE_TABLE,
  ATTR_LLM_OTEL_COST_TIER,
} from '../generated/attributes.ts';
import type { Cost } from './cost-of.ts';

/** A cost as attributes of a span: the amount, and which price of which table it is. */
export function setCost(set: (name: string, value: string | number) => void, cost: Cost): void {
  set(ATTR_LLM_OTEL_COST_MICRO_USD, cost.microUsd);
  set(ATTR_LLM_OTEL_COST_PRICE_TABLE, cost.priceTable);
  set(ATTR_LLM_OTEL_COST_PRICE_SOURCE, cost.priceId);
  if (cost.tier !== 'standard') set(ATTR_LLM_OTEL_COST_TIER, cost.tier);
}
