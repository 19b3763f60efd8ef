import { rewriteDiagnostics } from '@llm-otel/core/setup';
import { createRedactor, type Redactor } from '@llm-otel/redaction';
import type { RedactionPolicy } from '@llm-otel/redaction/policy';

/**
 * Redacts what is told through `diag`, by us and by OpenTelemetry: answers of receivers and errors of other people's code
 * are quoted there. Every finding is masked, whatever the actions of the policy. Returns a function that ends it.
 */
export function redactDiagnostics({
  presets,
  level,
  detectors,
  keys,
  values,
  patterns,
  ...policy
}: RedactionPolicy): () => void {
  if (policy.enabled === false) return () => undefined;
  // Of its own, because a line may be told while a value is redacted; and made for the first line: mostly there is none.
  let redactor: Redactor | undefined;
  return rewriteDiagnostics((part) => {
    redactor ??= createRedactor({ version: 1, presets, level, detectors, keys, values, patterns });
    return redactor.redactDeep(part);
  });
}
