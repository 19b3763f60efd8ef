import { type Attributes, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_CREATE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
} from '@llm-otel/llm-conventions';

/** Whether a span is a model call, whose tokens and cost count: those of agents and workflows are sums of others. */
export function isModelCall(attributes: Attributes): boolean {
  const operation = attributes[ATTR_GEN_AI_OPERATION_NAME];
  return (
    operation !== undefined &&
    operation !== GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT &&
    operation !== GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW &&
    operation !== GEN_AI_OPERATION_NAME_VALUE_CREATE_AGENT
  );
}

/** Operations that providers bill by tokens. */
const BILLED: ReadonlySet<unknown> = new Set([
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
  GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
]);

/** Whether a span is a call that must have used tokens: one that failed without saying so may have used none. */
export function usedTokens({ attributes, status }: ReadableSpan): boolean {
  return (
    BILLED.has(attributes[ATTR_GEN_AI_OPERATION_NAME]) &&
    (status.code !== SpanStatusCode.ERROR || tokensOf(attributes) !== undefined)
  );
}

/** Undefined where the span has none. */
export function tokensOf(attributes: Attributes): number | undefined {
  const input = amount(attributes[ATTR_GEN_AI_USAGE_INPUT_TOKENS]);
  const output = amount(attributes[ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]);
  return input === undefined && output === undefined ? undefined : (input ?? 0) + (output ?? 0);
}

function amount(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined;
}
