import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_EVALUATION_NAME,
  ATTR_GEN_AI_EVALUATION_SCORE_LABEL,
  ATTR_GEN_AI_EVALUATION_SCORE_VALUE,
} from '@llm-otel/llm-conventions';
import type { ReadableSpan } from '@llm-otel/core';
import { allOf, textConditionOf } from './attribute-condition.ts';
import type { EvaluationMatch } from './policy/sampling-condition.ts';

const EVENT_NAME = 'gen_ai.evaluation.result';
/** What the evaluation is called that stands for what a user said. */
export const FEEDBACK_NAME = 'user_feedback';

export type ResultCondition = (span: ReadableSpan) => boolean;

/** Whether a span carries a result of an evaluation that fulfils all of `match`: on itself, or on one of its events. */
export function evaluationConditionOf(match: EvaluationMatch): ResultCondition {
  const { name, label, minScore, maxScore } = match;
  const parts: ((result: Attributes) => boolean)[] = [];
  if (name !== undefined) {
    const holds = textConditionOf(name);
    parts.push((result) => holds(result[ATTR_GEN_AI_EVALUATION_NAME]));
  }
  if (label !== undefined) {
    const holds = textConditionOf(label);
    parts.push((result) => holds(result[ATTR_GEN_AI_EVALUATION_SCORE_LABEL]));
  }
  if (minScore !== undefined) parts.push((result) => scoreOf(result) >= minScore);
  if (maxScore !== undefined) parts.push((result) => scoreOf(result) <= maxScore);
  const holds = allOf(parts) ?? (() => true);
  return ({ attributes, events }) => {
    if (attributes[ATTR_GEN_AI_EVALUATION_NAME] !== undefined && holds(attributes)) return true;
    for (const { name, attributes = {} } of events) {
      if (name === EVENT_NAME && holds(attributes)) return true;
    }
    return false;
  };
}

/** NaN, which no bound holds for, where there is none. */
function scoreOf(result: Attributes): number {
  const score = result[ATTR_GEN_AI_EVALUATION_SCORE_VALUE];
  return typeof score === 'number' ? score : Number.NaN;
}
