import type { Meter } from '@opentelemetry/api';
import type { Redactor } from './redactor.ts';

/**
 * Publishes what a redactor counts, as `llm_otel.redaction.findings` by kind, action and signal, and
 * `llm_otel.redaction.failures`. Read when metrics are collected: a value pays nothing. Returns a function that stops it.
 */
export function publishRedactions(meter: Meter, redactor: Redactor): () => void {
  const findings = meter.createObservableCounter('llm_otel.redaction.findings', {
    unit: '{finding}',
    description: 'Secrets and personal data that were taken out',
  });
  const failures = meter.createObservableCounter('llm_otel.redaction.failures', {
    unit: '{value}',
    description: 'Values that were replaced because redacting them failed',
  });
  const observe: Parameters<Meter['addBatchObservableCallback']>[0] = (result) => {
    const { counts, failed } = redactor.audit();
    const sums = new Map<string, { readonly attributes: Record<string, string>; count: number }>();
    // Attributes are for the audit: as labels they would be too many.
    for (const { kind, action, signal = 'none', count } of counts) {
      const key = `${kind} ${action} ${signal}`;
      const sum = sums.get(key);
      if (sum !== undefined) sum.count += count;
      else {
        const attributes = {
          'llm_otel.redaction.kind': kind,
          'llm_otel.redaction.action': action,
          'llm_otel.redaction.signal': signal,
        };
        sums.set(key, { attributes, count });
      }
    }
    for (const { attributes, count } of sums.values()) result.observe(findings, count, attributes);
    result.observe(failures, failed);
  };
  meter.addBatchObservableCallback(observe, [findings, failures]);
  return () => meter.removeBatchObservableCallback(observe, [findings, failures]);
}
