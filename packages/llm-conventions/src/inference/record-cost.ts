import type { Span } from '@opentelemetry/api';
import { type Cost, costOf, type CostQuestion, tierOf } from '../cost/cost-of.ts';
import { keepExactCost } from '../cost/exact-cost.ts';
import type { PriceTable } from '../cost/price-types.ts';
import { setCost } from '../cost/set-cost.ts';
import { ATTR_LLM_OTEL_COST_TIER } from '../generated/attributes.ts';
import { setIfKnown } from '../set-if-known.ts';

type Target = Parameters<typeof setIfKnown>[0];

/**
 * The cost of a call by the name the provider answered with, else by the name that was asked for. The tier stands on the
 * span also where no cost does: whoever prices the span later needs it.
 */
export function recordCost(
  span: Span,
  target: Target,
  question: CostQuestion,
  responseModel: string | undefined,
  prices: PriceTable | undefined,
): Cost | undefined {
  const tier = tierOf(question.tier) ?? question.tier;
  if (tier !== 'standard') setIfKnown(target, ATTR_LLM_OTEL_COST_TIER, tier);
  if (prices === undefined) return undefined;
  const cost = costOfCall(question, responseModel, prices);
  if (cost === undefined) return undefined;
  setCost((name, value) => setIfKnown(target, name, value), cost);
  // The context of a span that records nothing is not its own.
  if (span.isRecording()) keepExactCost(span, cost);
  return cost;
}

/** The same cost, recorded nowhere. */
export function costOfCall(
  question: CostQuestion,
  responseModel: string | undefined,
  prices: PriceTable,
): Cost | undefined {
  const ofAnswer =
    responseModel === undefined ? undefined : costOf({ ...question, model: responseModel }, prices);
  return ofAnswer ?? costOf(question, prices);
}
