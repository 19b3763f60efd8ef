import { rewriteDiagnostics } from '@llm-otel/core/setup';
import { createRedactor, type PatternEngine, type Redactor } from '@llm-otel/redaction';
import type { RedactionPolicy } from '@llm-otel/redaction/policy';

/**
 * Redacts what is told through `diag`, by us and by OpenTelemetry: answers of receivers and errors of other people's code
 * are quoted there. Every finding is masked, whatever the actions of the policy. Asks for the policy of the moment with every
 * line. Returns a function that ends it.
 */
export function redactDiagnostics(
  policyNow: () => RedactionPolicy,
  patternEngine?: PatternEngine,
): () => void {
  // Of its own, because a line may be told while a value is redacted; and made for the first line: mostly there is none.
  let redactor: Redactor | undefined;
  let madeFor: RedactionPolicy | undefined;
  return rewriteDiagnostics((part) => {
    const policy = policyNow();
    if (redactor === undefined || policy !== madeFor) {
      const { enabled, presets, level, detectors, keys, values, patterns } = policy;
      redactor = createRedactor(
        { version: 1, enabled, presets, level, detectors, keys, values, patterns },
        { patternEngine },
      );
      madeFor = policy;
    }
    return redactor.redactDeep(part);
  });
}
