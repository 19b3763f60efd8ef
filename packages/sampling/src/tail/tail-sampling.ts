import { type SpanStage, systemClock } from '@llm-otel/core';
import { holderOf, type LivePolicy, type SamplingPolicyOptions } from '../live-policy.ts';
import type { SamplingPolicy } from '../policy/sampling-policy.ts';
import { tailLimits, type TailSamplingLimits } from './limits.ts';
import { TailBuffer } from './tail-buffer.ts';

export interface TailSamplingOptions extends SamplingPolicyOptions {}

/**
 * Decides about whole traces once they are complete: some time after their local root has ended, at a deadline, or as
 * soon as a rule is certain. Until then their spans are held in memory, within limits. Needs a head sampler that
 * records everything: `headSampler(policy, { tail: true })`. Kept spans go on with the sampled flag, and the local
 * root carries the rule's name as `llm_otel.sampling.rule`; the others are reported by rule.
 * @throws InvalidOptionError for an invalid policy or limit
 */
export function tailSampling(
  policy: SamplingPolicy | LivePolicy,
  limits: TailSamplingLimits = {},
  options: TailSamplingOptions = {},
): SpanStage {
  const holder = holderOf(policy, options);
  const checked = tailLimits(limits);
  const { clock = systemClock } = options;
  return (next, report) => new TailBuffer(holder, checked, clock, next, report);
}
