export type {
  RedactionAction,
  RedactionLevel,
  RedactionPattern,
  RedactionPolicy,
  RedactionPreset,
} from './policy/redaction-policy.ts';
export type { DataPoint, Metric, ResourceMetrics, ScopeMetrics } from './metric-types.ts';
export { redactLogs } from './redact-logs.ts';
export { redactMetrics } from './redact-metrics.ts';
export { redactSpans } from './redact-spans.ts';
export { redactingExporter } from './redacting-exporter.ts';
export { redactingLogExporter } from './redacting-log-exporter.ts';
export { redactingMetricExporter } from './redacting-metric-exporter.ts';
export { redactingPropagator } from './redacting-propagator.ts';
export type { RedactionReport } from './redaction-counts.ts';
export { createRedactor, type Redactor, type RedactorOptions } from './redactor.ts';
