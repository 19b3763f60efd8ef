export type { AttributeValues } from './conformance/attribute-findings.ts';
export {
  assertConformance,
  checkConformance,
  type CheckedSpan,
  type ConformanceOptions,
} from './conformance/check-conformance.ts';
export { checkEventConformance, type CheckedEvent } from './conformance/check-event.ts';
export {
  checkMetricConformance,
  type CheckedMetric,
  type CollectedMetric,
} from './conformance/check-metric.ts';
export {
  ConformanceReport,
  type Finding,
  type ReportOptions,
  type Rule,
  type Severity,
} from './conformance/report.ts';
export { runEveryOperation } from './conformance/run-every-operation.ts';
export type { KindName } from './conformance/span-types.ts';
