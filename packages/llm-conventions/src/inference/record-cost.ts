import type { Span } from '@opentelemetry/api';
import { type Cost, costOf, type CostQuestion, tierOf } from '../cost/cost-of.ts';
import { keepExactCost } from '../cost/exact-cost.ts';
import type { PriceTable } from '../cost/price-types.ts';
import { setCost } from '../cost/set-cost.ts';
import { ATTR_LLM_OTEL_COST_TIER } from '../generated/attributes.ts';
import { setIfKnown } from '../set-if-known.ts';

type Target = Parameters<typeof setIfKnown>[0];

/** Sets a cost on a span. The tier stands there also where no cost does: whoever prices the span later needs it. */
export function recordCost(
  span: Span,
  target: Target,
  word: string | undefined,
  cost: Cost | undefined,
): void {
  const tier = tierOf(word) ?? word;
  if (tier !== 'standard') setIfKnown(target, ATTR_LLM_OTEL_COST_TIER, tier);
  if (cost === undefined) return;
  setCost((name, value) => setIfKnown(target, name, value), cost);
  // The context of a span that records nothing is not its own.
  if (span.isRecording()) keepExactCost(span, cost);
}

/** The cost of a call by the name the provider answered with, else by the name that was asked for. */
export function costOfCall(
  question: CostQuestion,
  responseModel: string | undefined,
  prices: PriceTable | undefined,
): Cost | undefined {
  if (prices === undefined) return undefined;
  const ofAnswer =
    responseModel === undefined ? undefined : costOf({ ...question, model: responseModel }, prices);
  return ofAnswer ?? costOf(question, prices);
}
