import type { SpanContext } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { ATTR_LLM_OTEL_COST_MICRO_USD } from '../generated/attributes.ts';
import type { Cost } from './cost-of.ts';

const failures = new FailureLog();

/** By the context of its span, which the views of a span share. The attribute is a whole number, and a sum of those drifts. */
const exactCosts = new WeakMap<SpanContext, Pick<Cost, 'microUsd' | 'exactMicroUsd'>>();

export function keepExactCost(span: { spanContext(): SpanContext }, cost: Cost): void {
  failures.guard('keeping a cost', () => exactCosts.set(span.spanContext(), cost));
}

interface CostlySpan {
  spanContext(): SpanContext;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * The cost of a call in micro-USD, to be added to others: with the digits after the point where it was priced in this process,
 * otherwise as `llm_otel.cost.micro_usd` says. Undefined for a span without a cost.
 */
export function exactCostOfSpan(span: CostlySpan): number | undefined {
  const rounded = span.attributes[ATTR_LLM_OTEL_COST_MICRO_USD];
  if (typeof rounded !== 'number' || !(rounded >= 0)) return undefined;
  const cost = exactCosts.get(span.spanContext());
  // Someone may have priced it again since.
  return cost?.microUsd === rounded ? cost.exactMicroUsd : rounded;
}
