import {
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_LLM_OTEL_COST_MICRO_USD,
  ATTR_LLM_OTEL_COST_PRICE_SOURCE,
} from '../../generated/attributes.ts';
import { finishReasonFrom } from '../../messages/finish-reason.ts';
import { keysOf, readMember, toList } from '../../read-member.ts';
import { tokenCount } from '../../usage/usage.ts';
import type { DialectReading } from '../dialect-reading.ts';

/** Variables of a prompt template, a JSON object, as one attribute each. */
export function setPromptVariables(reading: DialectReading, name: string): void {
  const variables = reading.takeJson(name);
  if (typeof variables !== 'object' || variables === null) {
    reading.set(name, variables);
    return;
  }
  for (const key of keysOf(variables)) {
    const value = readMember(variables, key);
    if (value === undefined || value === null) continue;
    reading.setJson(`gen_ai.prompt.variable.${key}`, value);
  }
}

/** A cost in USD that the other library reckoned. Its attribute stands where the price would be from. */
export function setReceivedCost(reading: DialectReading, name: string): void {
  const usd = reading.takeNumber(name);
  if (usd === undefined) return;
  const microUsd = Math.round(usd * 1e6);
  if (!Number.isSafeInteger(microUsd) || reading.has(ATTR_LLM_OTEL_COST_MICRO_USD)) return;
  reading.set(ATTR_LLM_OTEL_COST_MICRO_USD, microUsd);
  reading.set(
    ATTR_LLM_OTEL_COST_PRICE_SOURCE,
    `${name} of ${reading.span.instrumentationScope.name}`,
  );
}

/** Reasons under the current name, but in the provider's words: the AI SDK's `tool-calls`, Anthropic's `end_turn`. */
export function readFinishReasons(reading: DialectReading): void {
  const reasons = toList(reading.peek(ATTR_GEN_AI_RESPONSE_FINISH_REASONS));
  if (reasons.length === 0) return;
  reading.put(
    ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
    reasons.map((reason) => finishReasonFrom(reason) ?? 'error'),
  );
}

/**
 * Some libraries pass on Anthropic's input, which leaves out the cache. A total is never less than its parts, so such
 * an input is recognised and completed.
 */
export function completeInputTokens(reading: DialectReading): void {
  const input = tokenCount(reading.peek(ATTR_GEN_AI_USAGE_INPUT_TOKENS));
  if (input === undefined) return;
  const parts =
    (tokenCount(reading.peek(ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS)) ?? 0) +
    (tokenCount(reading.peek(ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS)) ?? 0);
  if (parts > input) reading.put(ATTR_GEN_AI_USAGE_INPUT_TOKENS, input + parts);
}
