import type { ClauseList } from '../clause.ts';
import type { CollectorVersion } from '../collector-version.ts';
import { escapeDollar } from '../ottl/escape-dollar.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { type Leaf, not } from './tail-policy.ts';

/** Most policies of one rule: each costs time for each trace. */
const MAX_POLICIES = 64;

/**
 * What must hold so that none of the rules in front matches: one of the lists, with all that is in it. A rule does not
 * match where one of its leaves does not hold, so each of its leaves makes a list of its own.
 */
export function exceptionsOf(
  { at }: CompiledRule,
  inFront: readonly CompiledRule[],
  version: CollectorVersion,
  clauses: ClauseList,
): readonly (readonly Leaf[])[] {
  if (inFront.length === 0) return [[]];
  const count = inFront.reduce((product, { leaves }) => product * leaves.length, 1);
  if (!version.nestedNot || count > MAX_POLICIES) {
    const names = inFront.map(({ rule }) => `"${rule.name}"`).join(', ');
    clauses.refused(
      at,
      `it keeps its share also of the traces that ${names} in front of it decides about`,
      version.nestedNot
        ? `put it further to the front, or rules with fewer conditions in front of it: it would take ${count} policies`
        : 'use a Collector from 0.154 on, or put rules that keep a larger share in front of it',
    );
    return [[]];
  }
  return inFront.reduce<readonly (readonly Leaf[])[]>(
    (lists, { rule, leaves }) =>
      lists.flatMap((list) => leaves.map((one) => [...list, exception(one, rule.name)])),
    [[]],
  );
}

function exception(one: Leaf, rule: string): Leaf {
  const negation = not(one);
  return { ...negation, label: `${negation.label}, as in ${escapeDollar(rule)}` };
}
