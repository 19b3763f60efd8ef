import { createRedactor, type Redactor } from '@llm-otel/redaction';
import type { Diagnosis } from './diagnose.ts';

let redactor: Redactor | undefined;

/** A text that quotes what the application, its files or its variables hold, with keys and tokens masked as they are in telemetry. */
export function hideSecrets(text: string): string {
  redactor ??= createRedactor({ version: 1 });
  return redactor.redact(text);
}

/** Every text that is printed. */
export function hideSecretsIn({ outcomes, settings }: Diagnosis): Diagnosis {
  return {
    outcomes: outcomes.map(({ check, findings, skipped }) => ({
      check,
      findings: findings.map(({ id, severity, what, why, fix }) => ({
        id,
        severity,
        what: hideSecrets(what),
        why: hideSecrets(why),
        fix: hideSecrets(fix),
      })),
      ...(skipped === undefined ? {} : { skipped: hideSecrets(skipped) }),
    })),
    settings: settings.map(({ name, value, from }) => ({
      name: hideSecrets(name),
      value: hideSecrets(value),
      from: hideSecrets(from),
    })),
  };
}
