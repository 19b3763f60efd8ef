export {
  type ConsistentSampler,
  consistentSampler,
  type ConsistentSamplerOptions,
} from './consistent-sampler.ts';
export { equalizingSampler, type EqualizingSamplerOptions } from './equalizing-sampler.ts';
export { alwaysOff, alwaysOn } from './fixed-samplers.ts';
export { headSampler, type HeadSamplerOptions } from './head-sampler.ts';
export {
  type LivePolicy,
  type PolicyListener,
  type RuleRate,
  samplingPolicy,
  type SamplingPolicyOptions,
} from './live-policy.ts';
export { parentBasedSampler, type ParentBasedSamplerOptions } from './parent-based-sampler.ts';
export type { PolicySource, PolicySourceOptions, RefreshOutcome } from './source/policy-source.ts';
export { pollPolicy, type PollPolicyOptions } from './source/poll-policy.ts';
export { prioritySampler, type PrioritySamplerOptions } from './priority-sampler.ts';
export { publishSampling } from './publish-sampling.ts';
export {
  adaptiveSampler,
  type AdaptiveSamplerSettings,
  rateLimitedSampler,
} from './share-samplers.ts';
export { spanMetrics, type SpanMetricsOptions } from './span-metrics.ts';
export { stageProcessor } from './stage-processor.ts';
export type { TailSamplingLimits } from './tail/limits.ts';
export {
  tailSamplingProcessor,
  type TailSamplingProcessorOptions,
} from './tail/tail-sampling-processor.ts';
export { tailSampling, type TailSamplingOptions } from './tail/tail-sampling.ts';
export { traceTotals, type TraceTotalsOptions } from './trace-totals.ts';
