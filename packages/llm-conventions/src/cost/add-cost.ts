import { type ReadableSpan, spanView } from '@llm-otel/core';
import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_LLM_OTEL_COST_MICRO_USD,
  ATTR_LLM_OTEL_ROLLUP_COST_MICRO_USD,
} from '../generated/attributes.ts';
import { keepExactCost } from './exact-cost.ts';
import { setCost } from './set-cost.ts';
import { costOfSpan } from './cost-of-span.ts';
import type { PriceTable } from './price-types.ts';

/** Operations that providers bill by tokens. */
const BILLED = new Set<unknown>(['chat', 'generate_content', 'text_completion', 'embeddings']);

/** Calls that were recorded here have a cost, or were not to have one. */
const OWN_SCOPE = '@llm-otel/llm-conventions';

/** A model call of another library with its cost; any other span as it is. */
export function addCost(span: ReadableSpan, prices: PriceTable): ReadableSpan {
  const { attributes, instrumentationScope, startTime } = span;
  if (
    attributes[ATTR_GEN_AI_USAGE_INPUT_TOKENS] === undefined ||
    attributes[ATTR_LLM_OTEL_COST_MICRO_USD] !== undefined ||
    attributes[ATTR_LLM_OTEL_ROLLUP_COST_MICRO_USD] !== undefined ||
    !BILLED.has(attributes[ATTR_GEN_AI_OPERATION_NAME]) ||
    instrumentationScope.name === OWN_SCOPE
  )
    return span;
  const cost = costOfSpan(attributes, startTime[0] * 1000, prices);
  if (cost === undefined) return span;
  const priced: Attributes = { ...attributes };
  setCost((name, value) => (priced[name] = value), cost);
  keepExactCost(span, cost);
  return spanView(span, { attributes: priced });
}
