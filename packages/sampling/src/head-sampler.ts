import type { Attributes } from '@opentelemetry/api';
import { ATTR_LLM_OTEL_SAMPLING_RULE } from '@llm-otel/llm-conventions';
import type { Sampler, SamplingResult } from '@llm-otel/core';
import type { CompiledPolicy, CompiledRule } from './compiled-policy.ts';
import { holderOf, type LivePolicy, type SamplingPolicyOptions } from './live-policy.ts';
import { readOtMember } from './ot-member.ts';
import { parentBasedSampler } from './parent-based-sampler.ts';
import type { SamplingCondition } from './policy/sampling-condition.ts';
import type { SamplingPolicy } from './policy/sampling-policy.ts';
import { type KeyOf, keyOfKeep } from './share/sampling-key.ts';
import { SpansPerTrace } from './share/spans-per-trace.ts';
import { type SpanCondition, spanConditionOf } from './span-condition.ts';
import { inheritedTraceState, ThresholdResults } from './threshold-results.ts';

export interface HeadSamplerOptions extends SamplingPolicyOptions {
  /**
   * True where `tailSampling` decides in the end: everything is recorded, and the policy says what other services are
   * told (the sampled flag, and the share in the tracestate). A rule with a rate is decided by the tail alone: others
   * are told that the trace is not sampled.
   */
  readonly tail: boolean;
}

interface HeadRule extends CompiledRule {
  readonly holds: SpanCondition | undefined;
  readonly keyOf: KeyOf | undefined;
  /** For the root of a kept trace; `undefined` where everything is kept anyway. */
  readonly reason: Attributes | undefined;
  /** A tail under stress keeps all that match it as well. */
  readonly isSafe: boolean;
}

// What nobody knows when a trace starts.
const KNOWN_LATER: readonly (keyof SamplingCondition)[] = [
  'error',
  'minDurationMillis',
  'minTokens',
  'minCostMicroUsd',
  'minSpans',
  'evaluation',
  'feedback',
  'service',
];

/**
 * Decides when a trace starts, by the rules of the policy that can be known by then: those about the name, the kind
 * and the attributes of the root as it starts. The others are skipped. Follows the parent where there is one.
 * Without a tail, the root of a kept trace carries the rule's name as `llm_otel.sampling.rule`,
 * unless the policy keeps everything.
 * @throws InvalidOptionError for an invalid policy
 */
export function headSampler(
  policy: SamplingPolicy | LivePolicy,
  { tail, ...options }: HeadSamplerOptions,
): Sampler {
  const holder = holderOf(policy, options);
  if (tail) holder.headWord.isGiven = true;
  const results = new ThresholdResults(tail);
  const spansPerTrace = new SpansPerTrace();
  let compiled: CompiledPolicy | undefined;
  let rules: readonly HeadRule[] = [];
  const current = (): readonly HeadRule[] => {
    if (compiled !== holder.compiled) {
      ({ compiled } = holder);
      rules = headRules(compiled);
    }
    return rules;
  };
  const root: Sampler = {
    shouldSample(context, traceId, name, kind, attributes): SamplingResult {
      const facts = { name, kind, attributes };
      // The last one matches everything.
      const { control, counts, keyOf, reason, holds, isSafe } = current().find(
        (rule) => rule.holds === undefined || rule.holds(facts),
      ) as HeadRule;
      // With a tail, that is where spans are counted and tokens are taken.
      if (tail) {
        if (holds !== undefined && control.isCounted) holder.headWord.add(traceId, counts.id);
        const { relief } = holder;
        const { threshold } = isSafe || relief.share >= (control.share ?? 0) ? control : relief;
        return results.byThreshold(threshold, context, traceId);
      }
      control.offered(spansPerTrace.mean);
      const result = control.isCounted
        ? results.byThreshold(control.threshold, context, traceId)
        : results.uncounted(
            control.keeps(
              traceId,
              readOtMember(inheritedTraceState(context)).rv,
              keyOf?.(facts) ?? '',
            ),
            context,
          );
      if (result.decision === 0) {
        counts.dropped++;
      } else {
        counts.kept++;
        spansPerTrace.addRoot();
        return reason === undefined ? result : { ...result, attributes: reason };
      }
      return result;
    },
    toString: () => `PolicySampler{${holder.policy.rules.length} rules}`,
  };
  return parentBasedSampler(root, {
    record: tail,
    ...(tail
      ? { onSampledCaller: (traceId: string) => holder.sampledCallers.add(traceId) }
      : { onLocalChild: () => spansPerTrace.addChild() }),
  });
}

/** Those that can be known when a trace starts. */
function headRules({ rules }: CompiledPolicy): readonly HeadRule[] {
  return rules
    .filter(({ rule }) => isKnownAtStart(rule.when))
    .map((compiled, index) => headRule(compiled, index, rules));
}

/** @param index - among the rules that can be known */
function headRule(compiled: CompiledRule, index: number, all: readonly CompiledRule[]): HeadRule {
  const { name, when, keep } = compiled.rule;
  const keepsAll = keep === 'all';
  const inFront = all.slice(0, all.indexOf(compiled));
  return {
    ...compiled,
    holds: spanConditionOf(when),
    keyOf: keyOfKeep(keep),
    reason:
      keepsAll && index === 0 && when === undefined
        ? undefined
        : { [ATTR_LLM_OTEL_SAMPLING_RULE]: name },
    isSafe: keepsAll && (when !== undefined || inFront.every(({ rule }) => rule.keep === keep)),
  };
}

function isKnownAtStart(when: SamplingCondition = {}): boolean {
  return KNOWN_LATER.every((condition) => when[condition] === undefined);
}
