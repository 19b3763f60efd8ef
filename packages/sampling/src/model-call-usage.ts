import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_LLM_OTEL_COST_MICRO_USD,
  GEN_AI_OPERATION_NAME_VALUE_CREATE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW,
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

export function tokensOf(attributes: Attributes): number {
  return (
    amount(attributes[ATTR_GEN_AI_USAGE_INPUT_TOKENS]) +
    amount(attributes[ATTR_GEN_AI_USAGE_OUTPUT_TOKENS])
  );
}

export function costMicroUsdOf(attributes: Attributes): number {
  return amount(attributes[ATTR_LLM_OTEL_COST_MICRO_USD]);
}

function amount(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 0;
}
