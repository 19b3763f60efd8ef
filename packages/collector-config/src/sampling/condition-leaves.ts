import {
  ATTR_TRACE_COST_MICRO_USD,
  ATTR_TRACE_TOKENS,
  type EvaluationMatch,
  type SamplingCondition,
} from '@llm-otel/sampling/policy';
import type { ClauseList } from '../clause.ts';
import type { CollectorVersion } from '../collector-version.ts';
import { evaluationConditions } from '../ottl/evaluation-condition.ts';
import { ottlNumber } from '../ottl/literals.ts';
import { spanAttribute, spanConditionOf } from '../ottl/span-condition.ts';
import { type Leaf, leaf, not, ottlLeaf } from './tail-policy.ts';

const SPAN_MEMBERS = ['name', 'kind', 'service', 'attributes', 'model', 'agent'] as const;
/** What the evaluation is called that stands for what a user said. */
const FEEDBACK_NAME = 'user_feedback';

/** What a rule asks of a trace, as leaves that must all hold. */
export function conditionLeaves(
  when: SamplingCondition,
  at: string,
  version: CollectorVersion,
  clauses: ClauseList,
): readonly Leaf[] {
  return [
    ...spanLeaves(when, at, clauses),
    ...errorLeaves(when, at, clauses),
    ...durationLeaves(when, at, version, clauses),
    ...spanCountLeaves(when, at, clauses),
    ...totalLeaves(when.minTokens, 'tokens', ATTR_TRACE_TOKENS, `${at}.minTokens`, clauses),
    ...totalLeaves(
      when.minCostMicroUsd,
      'cost',
      ATTR_TRACE_COST_MICRO_USD,
      `${at}.minCostMicroUsd`,
      clauses,
    ),
    ...evaluationLeaves('evaluation', when.evaluation, at, clauses),
    ...evaluationLeaves(
      'feedback',
      when.feedback === undefined ? undefined : { ...when.feedback, name: FEEDBACK_NAME },
      at,
      clauses,
    ),
  ];
}

function spanLeaves(when: SamplingCondition, at: string, clauses: ClauseList): readonly Leaf[] {
  const condition = spanConditionOf(when);
  if (condition === undefined) return [];
  for (const member of SPAN_MEMBERS) {
    if (when[member] !== undefined) clauses.exact(`${at}.${member}`, 'a condition on one span');
  }
  return [ottlLeaf('a span like that', [condition])];
}

function errorLeaves(
  { error }: SamplingCondition,
  at: string,
  clauses: ClauseList,
): readonly Leaf[] {
  if (error === undefined) return [];
  clauses.exact(`${at}.error`, error ? 'status_code ERROR' : 'not status_code ERROR');
  const hasError = leaf('an error', 'status_code', { status_codes: ['ERROR'] });
  return [error ? hasError : not(hasError)];
}

function durationLeaves(
  { minDurationMillis }: SamplingCondition,
  at: string,
  { latencyIsExclusive }: CollectorVersion,
  clauses: ClauseList,
): readonly Leaf[] {
  if (minDurationMillis === undefined) return [];
  clauses.approximate(
    `${at}.minDurationMillis`,
    'a trace less than a millisecond off the threshold may be decided the other way: a process rounds the start and the end down, a Collector their difference',
  );
  const least = Math.ceil(minDurationMillis);
  return least === 0
    ? []
    : [leaf('long enough', 'latency', { threshold_ms: latencyIsExclusive ? least - 1 : least })];
}

function spanCountLeaves(
  { minSpans }: SamplingCondition,
  at: string,
  clauses: ClauseList,
): readonly Leaf[] {
  if (minSpans === undefined) return [];
  clauses.approximate(
    `${at}.minSpans`,
    'exact for a trace of one process; of several, the spans of all of them count',
  );
  const least = Math.ceil(minSpans);
  return least <= 1 ? [] : [leaf('spans enough', 'span_count', { min_spans: least })];
}

function totalLeaves(
  least: number | undefined,
  what: string,
  attribute: string,
  at: string,
  clauses: ClauseList,
): readonly Leaf[] {
  if (least === undefined) return [];
  clauses.approximate(
    at,
    `reads ${attribute}, the total that our SDK writes on the local root: exact for a trace of one process; of several, the largest total counts, and not their sum`,
  );
  const condition = `${spanAttribute(attribute)} >= ${ottlNumber(least)}`;
  return least === 0 ? [] : [ottlLeaf(`${what} enough`, [condition])];
}

function evaluationLeaves(
  member: 'evaluation' | 'feedback',
  match: EvaluationMatch | undefined,
  at: string,
  clauses: ClauseList,
): readonly Leaf[] {
  if (match === undefined) return [];
  clauses.exact(`${at}.${member}`, 'a condition on one span or one event');
  const { span, spanevent } = evaluationConditions(match);
  const label = member === 'feedback' ? 'feedback like that' : 'an evaluation like that';
  return [ottlLeaf(label, [span], [spanevent])];
}
