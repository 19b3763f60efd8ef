import type { SamplingPolicy, SamplingRule } from '@llm-otel/sampling/policy';
import type { ClauseList } from '../clause.ts';
import type { CollectorVersion } from '../collector-version.ts';
import type { DecisionWaits } from '../decision-waits.ts';
import { escapeDollar } from '../ottl/escape-dollar.ts';
import { exceptionsOf } from './exceptions.ts';
import { conditionLeaves } from './condition-leaves.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { keepLeaves, type RateSettings } from './keep-leaves.ts';
import { shareBoundsOf, shareOf } from './rule-share.ts';
import { allOfPolicy, dropPolicy, type Leaf, type TailPolicy } from './tail-policy.ts';

/** A policy, and the rule that it comes from. */
export interface RulePolicy {
  readonly policy: TailPolicy;
  /** `sampling.rules[1]` */
  readonly at: string;
  readonly rule: SamplingRule;
}

/** What rules need to know of the fleet. */
export interface SamplingFleet extends RateSettings, DecisionWaits {}

/** What every trace falls under that no rule matches. */
const NO_RULE: SamplingRule = { name: 'no_rule_matched', keep: 'all' };

/**
 * The policies of tail_sampling that keep the same traces as the rules, of which the first that matches decides.
 *
 * The Collector keeps a trace when any policy votes for it. So a rule that keeps becomes a policy that votes when the
 * rule matches and no rule in front of it does. Rules in front that keep at least as large a share need no such
 * exception: what this rule keeps of their traces, they keep as well, because shares are taken by the same bits of the
 * trace. Rules that drop and have nothing but such rules in front of them become `drop`, which wins over every vote.
 */
export function compileSampling(
  policy: SamplingPolicy,
  version: CollectorVersion,
  fleet: SamplingFleet,
  clauses: ClauseList,
): readonly RulePolicy[] {
  const compiled = reachableRules(policy, version, fleet, clauses);
  const firstKept = compiled.findIndex(({ share }) => share.most > 0n);
  return compiled.flatMap((one, index) =>
    policiesOf(one, index).map((made) => ({ policy: made, at: one.at, rule: one.rule })),
  );

  function policiesOf(one: CompiledRule, index: number): readonly TailPolicy[] {
    const { rule, share, leaves, keep } = one;
    const name = escapeDollar(rule.name);
    if (share.most === 0n) {
      const nothingKeptBefore = firstKept === -1 || index < firstKept;
      return nothingKeptBefore ? dropOf(one, name, version, clauses) : [];
    }
    const inFront = compiled
      .slice(firstKept, index)
      .filter((earlier) => earlier.share.least < share.most);
    const own = negatable(leaves, version)
      ? leaves
      : refuseNegation(one, 'it matches traces with errors as well', clauses);
    const lists = exceptionsOf(one, inFront, version, clauses).flatMap((exceptions) =>
      keep.map((last) => own.concat(exceptions, last)),
    );
    return lists.map((all, number) =>
      allOfPolicy(number === 0 ? name : `${name} (${number + 1})`, all),
    );
  }
}

/** The rules up to the first one that matches every trace. */
function reachableRules(
  policy: SamplingPolicy,
  version: CollectorVersion,
  fleet: SamplingFleet,
  clauses: ClauseList,
): readonly CompiledRule[] {
  const bounds = shareBoundsOf(policy);
  if (policy.floor !== undefined)
    clauses.exact('sampling.floor', `no share below ${policy.floor}, in the threshold of each`);
  if (policy.ceiling !== undefined)
    clauses.exact('sampling.ceiling', `no share above ${policy.ceiling}, in the threshold of each`);
  const compiled: CompiledRule[] = [];
  for (const [index, rule] of policy.rules.entries()) {
    const at = `sampling.rules[${index}]`;
    const leaves = conditionLeaves(rule.when ?? {}, `${at}.when`, fleet, version, clauses);
    const keep = keepLeaves(rule.keep, at, bounds, fleet, version, clauses);
    compiled.push({ rule, at, leaves, keep, share: shareOf(rule.keep, bounds) });
    if (leaves.length > 0) continue;
    for (let later = index + 1; later < policy.rules.length; later++) {
      clauses.exact(
        `sampling.rules[${later}]`,
        `never reached: "${rule.name}" matches every trace`,
      );
    }
    return compiled;
  }
  compiled.push({
    rule: NO_RULE,
    at: 'sampling.rules',
    leaves: [],
    keep: [[]],
    share: shareOf(NO_RULE.keep, bounds),
  });
  return compiled;
}

function dropOf(
  one: CompiledRule,
  name: string,
  version: CollectorVersion,
  clauses: ClauseList,
): readonly TailPolicy[] {
  if (negatable(one.leaves, version)) return [dropPolicy(name, one.leaves)];
  refuseNegation(one, 'it drops nothing', clauses);
  return [];
}

function negatable(leaves: readonly Leaf[], { nestedNot }: CollectorVersion): boolean {
  return nestedNot || !leaves.some(({ negated }) => negated);
}

/** Returns the leaves that are left. */
function refuseNegation(
  { leaves, at }: CompiledRule,
  instead: string,
  clauses: ClauseList,
): readonly Leaf[] {
  clauses.refused(
    `${at}.when.error`,
    instead,
    'use a Collector from 0.154 on, or leave the condition out and put a rule for errors in front',
  );
  return leaves.filter(({ negated }) => !negated);
}
