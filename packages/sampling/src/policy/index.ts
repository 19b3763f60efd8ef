export { InvalidOptionError } from '@llm-otel/core/errors';
export { type Threshold, thresholdOf } from '../threshold.ts';
export { parseSamplingPolicy } from './parse-sampling-policy.ts';
export {
  developmentPolicy,
  errorsOnlyPolicy,
  policyPreset,
  policyPresets,
  productionPolicy,
  type SamplingPresetName,
} from './policy-presets.ts';
export type {
  AttributeMatch,
  EvaluationMatch,
  SamplingCondition,
  ScoreMatch,
  SpanKindName,
} from './sampling-condition.ts';
export type {
  AdaptiveShare,
  Keep,
  RateLimit,
  SamplingKey,
  SamplingPolicy,
  SamplingRule,
} from './sampling-policy.ts';
export { ATTR_TRACE_COST_MICRO_USD, ATTR_TRACE_TOKENS } from './trace-totals-names.ts';
