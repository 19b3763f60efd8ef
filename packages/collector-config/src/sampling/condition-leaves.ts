import {
  ATTR_TRACE_COST_MICRO_USD,
  ATTR_TRACE_TOKENS,
  type EvaluationMatch,
  type SamplingCondition,
} from '@llm-otel/sampling/policy';
import type { ClauseList } from '../clause.ts';
import type { CollectorVersion } from '../collector-version.ts';
import type { DecisionWaits } from '../decision-waits.ts';
import { evaluationConditions } from '../ottl/evaluation-condition.ts';
import { ottlNumber } from '../ottl/literals.ts';
import { spanAttribute, spanConditionOf } from '../ottl/span-condition.ts';
import { type Leaf, leaf, not, ottlLeaf } from './tail-policy.ts';

const SPAN_MEMBERS = ['name', 'kind', 'service', 'attributes', 'model', 'agent'] as const;
/** What the evaluation is called that stands for what a user said. */
const FEEDBACK_NAME = 'user_feedback';
const DURATION_NOTE =
  'a trace less than a millisecond off the threshold may be decided the other way: a process rounds the start and the end down, a Collector their difference';

/**
 * What a rule asks of a trace, as leaves that must all hold. None is exact: a gateway decides some time after the first
 * span of a trace, whether it has ended or not, and the decision stays.
 */
export function conditionLeaves(
  when: SamplingCondition,
  at: string,
  waits: DecisionWaits,
  version: CollectorVersion,
  clauses: ClauseList,
): readonly Leaf[] {
  const { minTokens, minCostMicroUsd, evaluation, feedback } = when;
  const { decisionWaitSeconds: wait, decisionWaitAfterRootSeconds: afterRoot } = waits;
  const orRoot = afterRoot === 0 ? '' : `, or ${afterRoot} s after its root`;
  const tell: Tell = (member, how) => {
    clauses.approximate(
      `${at}.${member}`,
      `${how}; of what comes more than ${wait} s after the first span of a trace${orRoot}, nothing counts`,
    );
  };
  return [
    ...spanLeaves(when, tell),
    ...errorLeaves(when, tell),
    ...durationLeaves(when, at, wait, version, clauses, tell),
    ...spanCountLeaves(when, tell),
    ...totalLeaves(minTokens, 'tokens', ATTR_TRACE_TOKENS, 'minTokens', tell),
    ...totalLeaves(minCostMicroUsd, 'cost', ATTR_TRACE_COST_MICRO_USD, 'minCostMicroUsd', tell),
    ...evaluationLeaves('evaluation', evaluation, tell),
    ...evaluationLeaves('feedback', feedback && { ...feedback, name: FEEDBACK_NAME }, tell),
  ];
}

/** Takes in how the condition that is called so is asked. */
type Tell = (member: keyof SamplingCondition, how: string) => void;

function spanLeaves(when: SamplingCondition, tell: Tell): readonly Leaf[] {
  const condition = spanConditionOf(when);
  if (condition === undefined) return [];
  for (const member of SPAN_MEMBERS) {
    if (when[member] !== undefined) tell(member, 'a condition on one span');
  }
  return [ottlLeaf('a span like that', [condition])];
}

function errorLeaves({ error }: SamplingCondition, tell: Tell): readonly Leaf[] {
  if (error === undefined) return [];
  tell('error', error ? 'status_code ERROR' : 'not status_code ERROR');
  const hasError = leaf('an error', 'status_code', { status_codes: ['ERROR'] });
  return [error ? hasError : not(hasError)];
}

function durationLeaves(
  { minDurationMillis }: SamplingCondition,
  at: string,
  wait: number,
  { latencyIsExclusive }: CollectorVersion,
  clauses: ClauseList,
  tell: Tell,
): readonly Leaf[] {
  if (minDurationMillis === undefined) return [];
  if (minDurationMillis >= wait * 1000) {
    clauses.refused(
      `${at}.minDurationMillis`,
      `finds only a trace whose first span ends so late that it is that long ${wait} s later`,
      `set fleet.decisionWaitSeconds to more than ${minDurationMillis / 1000}, better to what the longest runs take: a gateway decides about a trace ${wait} s after its first span`,
    );
  } else {
    tell('minDurationMillis', DURATION_NOTE);
  }
  const least = Math.ceil(minDurationMillis);
  return least === 0
    ? []
    : [leaf('long enough', 'latency', { threshold_ms: latencyIsExclusive ? least - 1 : least })];
}

function spanCountLeaves({ minSpans }: SamplingCondition, tell: Tell): readonly Leaf[] {
  if (minSpans === undefined) return [];
  tell('minSpans', 'exact for a trace of one process; of several, the spans of all of them count');
  const least = Math.ceil(minSpans);
  return least <= 1 ? [] : [leaf('spans enough', 'span_count', { min_spans: least })];
}

function totalLeaves(
  least: number | undefined,
  what: string,
  attribute: string,
  member: 'minTokens' | 'minCostMicroUsd',
  tell: Tell,
): readonly Leaf[] {
  if (least === undefined) return [];
  tell(
    member,
    `reads ${attribute}, the total that our SDK writes on the local root: exact for a trace of one process; of several, the largest total counts, and not their sum`,
  );
  const condition = `${spanAttribute(attribute)} >= ${ottlNumber(least)}`;
  return least === 0 ? [] : [ottlLeaf(`${what} enough`, [condition])];
}

function evaluationLeaves(
  member: 'evaluation' | 'feedback',
  match: EvaluationMatch | undefined,
  tell: Tell,
): readonly Leaf[] {
  if (match === undefined) return [];
  tell(member, 'a condition on one span or one event');
  const { span, spanevent } = evaluationConditions(match);
  const label = member === 'feedback' ? 'feedback like that' : 'an evaluation like that';
  return [ottlLeaf(label, [span], [spanevent])];
}
