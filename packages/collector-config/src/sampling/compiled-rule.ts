import type { SamplingRule } from '@llm-otel/sampling/policy';
import type { RuleShare } from './rule-share.ts';
import type { Leaf } from './tail-policy.ts';

/** A rule, and what it comes to in a Collector. */
export interface CompiledRule {
  readonly rule: SamplingRule;
  /** `sampling.rules[1]` */
  readonly at: string;
  readonly share: RuleShare;
  /** All must hold for the rule to match; none: it matches every trace. */
  readonly leaves: readonly Leaf[];
  /** A matching trace is kept where all leaves of one of the lists hold. */
  readonly keep: readonly (readonly Leaf[])[];
}
