import {
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_LLM_OTEL_COST_TIER,
  ATTR_LLM_OTEL_USAGE_ANSWERS,
  ATTR_LLM_OTEL_USAGE_ROLLUP,
  ATTR_OPENAI_RESPONSE_SERVICE_TIER,
  ATTR_SERVER_ADDRESS,
} from '../generated/attributes.ts';
import { usageFromAttributes } from '../usage/usage-attributes.ts';
import { type Cost, costOf } from './cost-of.ts';
import { priceTable } from './price-table.ts';
import type { PriceTable } from './price-types.ts';

/**
 * The cost of a stored span by its attributes, with the prices of the day of the call: to price again with a newer
 * table what was priced with an older one or not at all. Undefined for a span that is no model call, for one whose
 * usage repeats that of others or is the sum of several answers, and where `costOf` answers with undefined.
 */
export function costOfSpan(
  attributes: Readonly<Record<string, unknown>>,
  at: Date | number,
  table: PriceTable = priceTable,
): Cost | undefined {
  if (attributes[ATTR_LLM_OTEL_USAGE_ROLLUP] === true) return undefined;
  if (attributes[ATTR_LLM_OTEL_USAGE_ANSWERS] !== undefined) return undefined;
  const provider = attributes[ATTR_GEN_AI_PROVIDER_NAME];
  const usage = usageFromAttributes(attributes);
  if (typeof provider !== 'string' || usage === undefined) return undefined;
  const tier = attributes[ATTR_LLM_OTEL_COST_TIER] ?? attributes[ATTR_OPENAI_RESPONSE_SERVICE_TIER];
  const server = attributes[ATTR_SERVER_ADDRESS];
  for (const name of [ATTR_GEN_AI_RESPONSE_MODEL, ATTR_GEN_AI_REQUEST_MODEL]) {
    const model = attributes[name];
    if (typeof model !== 'string') continue;
    const question = {
      provider,
      model,
      usage,
      at,
      ...(typeof tier === 'string' && { tier }),
      ...(typeof server === 'string' && { serverAddress: server }),
    };
    const cost = costOf(question, table);
    if (cost !== undefined) return cost;
  }
  return undefined;
}
