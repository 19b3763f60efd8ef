export { parseSamplingPolicy } from './parse-sampling-policy.ts';
export { developmentPolicy, policyPresets, productionPolicy } from './policy-presets.ts';
export type {
  Keep,
  SamplingCondition,
  SamplingPolicy,
  SamplingRule,
  SpanKindName,
} from './sampling-policy.ts';
