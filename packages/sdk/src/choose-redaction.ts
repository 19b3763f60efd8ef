import type { TelemetryEnvironment } from '@llm-otel/core/setup';
import type { RedactionPolicy } from '@llm-otel/redaction/policy';
import type { TelemetryOptions } from './telemetry-options.ts';

/** The policy for redaction: the option with what the environment adds to it. A member given in code wins. */
export function redactionPolicy(
  options: Pick<TelemetryOptions, 'redaction' | 'strict'>,
  environment: TelemetryEnvironment,
): RedactionPolicy {
  const fromEnvironment = {
    enabled: environment.redactionEnabled,
    // The policy says what may stay, the variables what has to go.
    prompts: opposite(environment.redactPrompts),
    completions: opposite(environment.redactCompletions),
  };
  const known = Object.fromEntries(
    Object.entries(fromEnvironment).filter(([, value]) => value !== undefined),
  ) as Partial<RedactionPolicy>;
  if (options.redaction === false) return { ...known, version: 1, enabled: false };
  // Code goes with a release, and with its version of the policy. Another one is told as the policy is read.
  const version = options.strict === true && options.redaction !== undefined ? undefined : 1;
  return { ...known, version, ...options.redaction } as RedactionPolicy;
}

function opposite(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}
