import type { Sampler } from '@llm-otel/core';
import { headSampler } from './head-sampler.ts';
import type { SamplingPolicyOptions } from './live-policy.ts';
import type { AdaptiveShare, Keep, RateLimit, SamplingPolicy } from './policy/sampling-policy.ts';

/**
 * Keeps so many traces a second, with a token bucket for each key, and follows the parent where there is one. What a
 * kept trace stands for is not known: it has no share in the tracestate.
 * @throws InvalidOptionError for settings that are not valid
 */
export function rateLimitedSampler(rate: RateLimit, options: SamplingPolicyOptions = {}): Sampler {
  return headSampler(policyOf('rate', { rate }), { ...options, tail: false });
}

export interface AdaptiveSamplerSettings extends AdaptiveShare {
  /** Lowest share, from 0 to 1. @defaultValue 0 */
  readonly floor?: number | undefined;
  /** Highest share, from 0 to 1. @defaultValue 1 */
  readonly ceiling?: number | undefined;
}

/**
 * Keeps a share that follows spans per second, the load of the process, or both: `base` x (1 - load) above a threshold.
 * By trace id, as `consistentSampler`, and following the parent where there is one, so no trace is torn when the
 * share changes in the middle of it.
 * @throws InvalidOptionError for settings that are not valid
 */
export function adaptiveSampler(
  { floor, ceiling, ...adaptive }: AdaptiveSamplerSettings,
  options: SamplingPolicyOptions = {},
): Sampler {
  const policy = policyOf('adaptive', { adaptive }, { floor, ceiling });
  return headSampler(policy, { ...options, tail: false });
}

function policyOf(
  name: string,
  keep: Keep,
  bounds: Pick<SamplingPolicy, 'floor' | 'ceiling'> = {},
): SamplingPolicy {
  return { version: 1, ...bounds, rules: [{ name, keep }] };
}
