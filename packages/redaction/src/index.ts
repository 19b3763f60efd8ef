export type {
  RedactionAction,
  RedactionPattern,
  RedactionPolicy,
  RedactionPreset,
} from './policy/redaction-policy.ts';
export { redactSpans } from './redact-spans.ts';
export { redactingExporter } from './redacting-exporter.ts';
export type { RedactionReport } from './redaction-counts.ts';
export { createRedactor, type Redactor, type RedactorOptions } from './redactor.ts';
