import type { EvaluationMatch } from '@llm-otel/sampling/policy';
import { ottlNumber } from './literals.ts';
import { textCondition } from './text-condition.ts';

/** Conditions on spans and on their events, any of which says that there is such a result of an evaluation. */
export interface EvaluationConditions {
  readonly span: string;
  readonly spanevent: string;
}

export function evaluationConditions(match: EvaluationMatch): EvaluationConditions {
  return {
    span: [
      'span.attributes["gen_ai.evaluation.name"] != nil',
      ...resultConditions('span', match),
    ].join(' and '),
    spanevent: [
      'spanevent.name == "gen_ai.evaluation.result"',
      ...resultConditions('spanevent', match),
    ].join(' and '),
  };
}

function resultConditions(
  context: 'span' | 'spanevent',
  { name, label, minScore, maxScore }: EvaluationMatch,
): readonly string[] {
  const attribute = (key: string): string => `${context}.attributes["gen_ai.evaluation.${key}"]`;
  const parts: string[] = [];
  if (name !== undefined) parts.push(textCondition(attribute('name'), name));
  if (label !== undefined) parts.push(textCondition(attribute('score.label'), label));
  if (minScore !== undefined) parts.push(`${attribute('score.value')} >= ${ottlNumber(minScore)}`);
  if (maxScore !== undefined) parts.push(`${attribute('score.value')} <= ${ottlNumber(maxScore)}`);
  return parts;
}
