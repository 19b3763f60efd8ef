import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_LLM_OTEL_DECISION_ALTERNATIVES,
  ATTR_LLM_OTEL_DECISION_CHOSEN,
  ATTR_LLM_OTEL_DECISION_CONFIDENCE,
  ATTR_LLM_OTEL_DECISION_DECIDED_BY,
  ATTR_LLM_OTEL_DECISION_NAME,
  ATTR_LLM_OTEL_DECISION_REASON,
  ATTR_LLM_OTEL_HAND_OVER_FROM,
  ATTR_LLM_OTEL_HAND_OVER_REASON,
  ATTR_LLM_OTEL_HAND_OVER_TO,
} from '@llm-otel/llm-conventions';
import type { Decision, HandOverOptions } from './agent-types.ts';

export function decisionAttributes(decision: Decision, recordContent: boolean): Attributes {
  const { name, chosen, alternatives, decidedBy, confidence, reason } = decision;
  return {
    [ATTR_LLM_OTEL_DECISION_NAME]: name,
    [ATTR_LLM_OTEL_DECISION_CHOSEN]: chosen,
    ...(alternatives && { [ATTR_LLM_OTEL_DECISION_ALTERNATIVES]: [...alternatives] }),
    ...(decidedBy !== undefined && { [ATTR_LLM_OTEL_DECISION_DECIDED_BY]: decidedBy }),
    ...(confidence !== undefined && { [ATTR_LLM_OTEL_DECISION_CONFIDENCE]: confidence }),
    ...(recordContent && reason !== undefined && { [ATTR_LLM_OTEL_DECISION_REASON]: reason }),
  };
}

export function handOverAttributes(
  from: string,
  { to, reason }: HandOverOptions,
  recordContent: boolean,
): Attributes {
  return {
    [ATTR_LLM_OTEL_HAND_OVER_FROM]: from,
    [ATTR_LLM_OTEL_HAND_OVER_TO]: to,
    ...(recordContent && reason !== undefined && { [ATTR_LLM_OTEL_HAND_OVER_REASON]: reason }),
  };
}
