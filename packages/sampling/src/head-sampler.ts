import type { Sampler, SamplingResult } from '@llm-otel/core';
import { consistentSampler } from './consistent-sampler.ts';
import { alwaysOn } from './fixed-samplers.ts';
import { parentBasedSampler } from './parent-based-sampler.ts';
import { parseSamplingPolicy } from './policy/parse-sampling-policy.ts';
import type { Keep, SamplingCondition, SamplingPolicy } from './policy/sampling-policy.ts';
import { type SpanCondition, spanConditionOf } from './span-condition.ts';

export interface HeadSamplerOptions {
  /**
   * True where `tailSampling` decides in the end: everything is recorded, and the policy says what other services are
   * told (the sampled flag, and the share in the tracestate).
   */
  readonly tail: boolean;
}

interface HeadRule {
  readonly holds: SpanCondition | undefined;
  readonly sampler: Sampler;
}

// What nobody knows when a trace starts.
const KNOWN_LATER = [
  'error',
  'minDurationMillis',
  'minTokens',
  'minCostMicroUsd',
  'service',
] as const;

/**
 * Decides when a trace starts, by the rules of the policy that can be known by then: those about the name, the kind
 * and the attributes of the root as it starts. The others are skipped. Follows the parent where there is one.
 * @throws InvalidOptionError for an invalid policy
 */
export function headSampler(policy: SamplingPolicy, { tail }: HeadSamplerOptions): Sampler {
  const rules: HeadRule[] = parseSamplingPolicy(policy)
    .rules.filter(({ when }) => isKnownAtStart(when))
    .map(({ when, keep }) => ({
      holds: spanConditionOf(when),
      sampler: consistentSampler({ ratio: ratioOf(keep), record: tail }),
    }));
  const root: Sampler = {
    shouldSample(context, traceId, name, kind, attributes, links): SamplingResult {
      const rule = rules.find(
        ({ holds }) => holds === undefined || holds({ name, kind, attributes }),
      );
      const sampler = rule?.sampler ?? alwaysOn;
      return sampler.shouldSample(context, traceId, name, kind, attributes, links);
    },
    toString: () => `PolicySampler{${rules.length} rules}`,
  };
  return parentBasedSampler(root, { record: tail });
}

function isKnownAtStart(when: SamplingCondition = {}): boolean {
  return KNOWN_LATER.every((condition) => when[condition] === undefined);
}

function ratioOf(keep: Keep): number {
  return keep === 'all' ? 1 : keep === 'none' ? 0 : keep.ratio;
}
