import { SpanKind } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_LLM_OTEL_COST_MICRO_USD,
  ATTR_LLM_OTEL_ROLLUP_COST_MICRO_USD,
  ATTR_LLM_OTEL_ROLLUP_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_LLM_OTEL_ROLLUP_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_LLM_OTEL_ROLLUP_USAGE_INPUT_TOKENS,
  ATTR_LLM_OTEL_ROLLUP_USAGE_OUTPUT_TOKENS,
  ATTR_LLM_OTEL_ROLLUP_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_LLM_OTEL_USAGE_ROLLUP,
} from '../generated/attributes.ts';
import { GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS } from '../generated/values.ts';
import { hasOwnTotals, isToldElsewhere } from '../usage/own-calls.ts';
import type { DialectReading } from './dialect-reading.ts';

/** Totals by their names where they are the span's own, and where they repeat those of the calls below it. */
export const ROLL_UP_NAMES: readonly (readonly [own: string, repeated: string])[] = [
  [ATTR_GEN_AI_USAGE_INPUT_TOKENS, ATTR_LLM_OTEL_ROLLUP_USAGE_INPUT_TOKENS],
  [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, ATTR_LLM_OTEL_ROLLUP_USAGE_OUTPUT_TOKENS],
  [ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, ATTR_LLM_OTEL_ROLLUP_USAGE_CACHE_READ_INPUT_TOKENS],
  [ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, ATTR_LLM_OTEL_ROLLUP_USAGE_CACHE_WRITE_INPUT_TOKENS],
  [ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, ATTR_LLM_OTEL_ROLLUP_USAGE_REASONING_OUTPUT_TOKENS],
  [ATTR_LLM_OTEL_COST_MICRO_USD, ATTR_LLM_OTEL_ROLLUP_COST_MICRO_USD],
];

/** Operations that are calls of a model. */
export const MODEL_CALLS: ReadonlySet<unknown> = new Set([
  'chat',
  'generate_content',
  'text_completion',
  GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
]);

/** Operations that make calls themselves. `step {n}` of the AI SDK has none. */
const AROUND_CALLS = new Set<unknown>(['invoke_agent', 'invoke_workflow', 'embed_all', 'plan']);

/** Whether the tokens of such a span repeat those of the calls below it, in the same process. */
export function isRollUp(kind: SpanKind, attributes: Readonly<Record<string, unknown>>): boolean {
  // A client span stands for an agent elsewhere, whose calls may be in no trace.
  return kind !== SpanKind.CLIENT && AROUND_CALLS.has(attributes[ATTR_GEN_AI_OPERATION_NAME]);
}

/**
 * Moves totals of a span around calls to names of their own, so that a plain sum over all spans counts each token once. One of
 * which is known that no call below it told its tokens keeps them (`llm_otel.usage.rollup` is false).
 */
export function moveRollUp(reading: DialectReading): void {
  const { span } = reading;
  const operation = reading.peek(ATTR_GEN_AI_OPERATION_NAME);
  const mayRepeat = reading.isNoCall
    ? span.kind !== SpanKind.CLIENT && !MODEL_CALLS.has(operation)
    : isRollUp(span.kind, { [ATTR_GEN_AI_OPERATION_NAME]: operation });
  // What was seen of the calls below it is better than what such spans mostly do.
  if (!mayRepeat || isToldElsewhere(span)) return;
  if (reading.peek(ATTR_LLM_OTEL_USAGE_ROLLUP) === false) return;
  if (hasOwnTotals(span)) {
    reading.set(ATTR_LLM_OTEL_USAGE_ROLLUP, false);
    return;
  }
  let moved = false;
  for (const [from, to] of ROLL_UP_NAMES) {
    const value = reading.take(from);
    if (value === undefined) continue;
    reading.set(to, value);
    moved = true;
  }
  if (moved) reading.set(ATTR_LLM_OTEL_USAGE_ROLLUP, true);
}
