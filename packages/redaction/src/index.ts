export type {
  ContentPolicy,
  RedactionAction,
  RedactionLevel,
  RedactionPattern,
  RedactionPolicy,
  RedactionPreset,
} from './policy/redaction-policy.ts';
export type { DataPoint, Metric, ResourceMetrics, ScopeMetrics } from './metric-types.ts';
export { cutLogAttributes, cutSpanAttributes } from './attribute-lengths.ts';
export { publishRedactions } from './publish-redactions.ts';
export { redactLogs } from './redact-logs.ts';
export { redactMetrics } from './redact-metrics.ts';
export { redactSpans } from './redact-spans.ts';
export { redactingExporter } from './redacting-exporter.ts';
export { redactingLogExporter } from './redacting-log-exporter.ts';
export { redactingMetricExporter } from './redacting-metric-exporter.ts';
export { redactingPropagator } from './redacting-propagator.ts';
export type { PatternEngine, SearchPattern } from './custom-patterns.ts';
export type { Explanation } from './explain.ts';
export { keyedHash, type KeyedHash, type KeyedHashOptions } from './pseudonym/keyed-hash.ts';
export type {
  RedactionAudit,
  RedactionCount,
  RedactionFinding,
  RedactionReport,
  RedactionSignal,
} from './redaction-counts.ts';
export { createRedactor, type Redactor, type RedactorOptions } from './redactor.ts';
export type { Sensitivity } from './sensitivity.ts';
export {
  createStreamRedactor,
  type StreamRedactor,
  type StreamRedactorOptions,
} from './stream/stream-redactor.ts';
export { memoryVault, type MemoryVaultOptions } from './vault/memory-vault.ts';
export { type RedactionVault, restoreRedacted } from './vault/redaction-vault.ts';
