import type { SpanContext } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { ATTR_LLM_OTEL_COST_MICRO_USD } from '../generated/attributes.ts';
import type { Cost } from './cost-of.ts';

const failures = new FailureLog();

// A hidden member and no WeakMap, which costs a call several times as much to fill and to collect.
const EXACT_COST: unique symbol = Symbol('llm-otel exact cost');

type ExactCost = Pick<Cost, 'microUsd' | 'exactMicroUsd'>;

/**
 * Keeps a cost with the context of its span, which the views of a span share. The attribute is a whole number, and a sum of
 * those drifts. On a context that is frozen nothing is kept.
 */
export function keepExactCost(span: { spanContext(): SpanContext }, cost: Cost): void {
  failures.guard('keeping a cost', () => {
    const { microUsd, exactMicroUsd } = cost;
    const value: ExactCost = { microUsd, exactMicroUsd };
    Reflect.defineProperty(span.spanContext(), EXACT_COST, { value, configurable: true });
  });
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
  const context: SpanContext & { readonly [EXACT_COST]?: ExactCost } = span.spanContext();
  const cost = context[EXACT_COST];
  // Someone may have priced it again since.
  return cost?.microUsd === rounded ? cost.exactMicroUsd : rounded;
}
