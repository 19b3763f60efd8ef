import type { Clock } from '@llm-otel/core';
import type { SamplingPolicy, SamplingRule } from './policy/sampling-policy.ts';
import type { Load } from './share/event-loop-load.ts';
import { fixedControl, type KeepControl, keepControl } from './share/keep-control.ts';
import { ShareBounds } from './share/share-bounds.ts';
import { TailRules } from './tail/tail-rules.ts';

/** What every trace falls under that no rule matches. */
const NO_RULE: SamplingRule = { name: 'no_rule_matched', keep: 'all' };

/** A rule with what it needs to know between traces. */
export interface CompiledRule {
  readonly name: string;
  readonly rule: SamplingRule;
  readonly control: KeepControl;
  readonly counts: RuleCounts;
}

/** Of all rules that were called so in this policy, whether they went away in between or not. */
export interface RuleCounts {
  /** Stands for the name, from 1 on. */
  readonly id: number;
  kept: number;
  dropped: number;
}

export interface PolicyContext {
  readonly clock: Clock;
  readonly load: Load;
  readonly countsOf: (rule: string) => RuleCounts;
}

/** A policy made ready for deciding. Never changes; another policy is another one of these. */
export class CompiledPolicy {
  readonly policy: SamplingPolicy;
  /** The last one matches everything. */
  readonly rules: readonly CompiledRule[];
  readonly tail: TailRules;

  /** @param before - the policy that this one replaces: what a rule knows goes over to the same rule */
  constructor(policy: SamplingPolicy, context: PolicyContext, before?: CompiledPolicy) {
    this.policy = policy;
    const { floor, ceiling } = policy;
    const bounds = new ShareBounds({ floor, ceiling });
    const sameBounds = before?.policy.floor === floor && before?.policy.ceiling === ceiling;
    this.rules = [...policy.rules, NO_RULE].map((rule) => {
      const known = before?.rules.find(({ name }) => name === rule.name);
      const same =
        sameBounds && known !== undefined && isSameKeep(known.rule, rule)
          ? known.control
          : undefined;
      return {
        name: rule.name,
        rule,
        control:
          same ??
          (rule === NO_RULE ? fixedControl(1) : keepControl(rule.keep, { bounds, ...context })),
        counts: context.countsOf(rule.name),
      };
    });
    this.tail = new TailRules(this.rules);
  }
}

/** Both were parsed, so their members come in the order of the JSON they were written in. */
function isSameKeep(a: SamplingRule, b: SamplingRule): boolean {
  return JSON.stringify(a.keep) === JSON.stringify(b.keep);
}
