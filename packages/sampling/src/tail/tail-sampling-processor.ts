import type { SpanProcessorWrapper, StageReport } from '@llm-otel/core';
import type { LivePolicy } from '../live-policy.ts';
import type { SamplingPolicy } from '../policy/sampling-policy.ts';
import { stageProcessor } from '../stage-processor.ts';
import type { TailSamplingLimits } from './limits.ts';
import { tailSampling, type TailSamplingOptions } from './tail-sampling.ts';

export interface TailSamplingProcessorOptions extends TailSamplingOptions {
  readonly limits?: TailSamplingLimits | undefined;
  /** Is told what was left out, by rule. A `Ledger` of core fits. */
  readonly report?: StageReport | undefined;
}

/**
 * {@link tailSampling} in front of any span processor, such as the stock batch processor. A flush decides about
 * everything that is held.
 */
export function tailSamplingProcessor(
  policy: SamplingPolicy | LivePolicy,
  { limits, report, ...options }: TailSamplingProcessorOptions = {},
): SpanProcessorWrapper {
  return stageProcessor(tailSampling(policy, limits, options), report);
}
