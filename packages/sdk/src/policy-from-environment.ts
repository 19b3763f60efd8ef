import { type Clock, InvalidOptionError } from '@llm-otel/core';
import { type LivePolicy, type PolicySource, pollPolicy, samplingPolicy } from '@llm-otel/sampling';
import { watchPolicyFile } from '@llm-otel/sampling/node';
import { policyPreset, type SamplingPolicy } from '@llm-otel/sampling/policy';
import { diag } from '@opentelemetry/api';

/** A policy that comes from somewhere else, and what keeps it up to date. */
export interface SourcedPolicy {
  readonly policy: LivePolicy;
  readonly source: PolicySource;
}

/** The preset that the value of `OTEL_SAMPLING_POLICY` names, if it names one. */
export function presetInEnvironment(value: string): SamplingPolicy | undefined {
  return policyPreset(value);
}

/**
 * Starts to look for the policy at a path or a URL. Until it is found, and where it cannot be read, `meanwhile` holds: a
 * mistake in a file must not keep an application from starting.
 */
export function policyAt(
  place: string,
  meanwhile: SamplingPolicy,
  clock: Clock | undefined,
): SourcedPolicy | undefined {
  const policy = samplingPolicy(meanwhile, { clock });
  if (!/^[a-z]+:\/\//i.test(place)) {
    return { policy, source: watchPolicyFile(policy, place, { clock }) };
  }
  try {
    return { policy, source: pollPolicy(policy, { url: place, clock }) };
  } catch (error) {
    if (!(error instanceof InvalidOptionError)) throw error;
    // The value may have a password in it.
    diag.warn(
      'llm-otel: OTEL_SAMPLING_POLICY is no http or https URL without user and password (ignored)',
    );
    return undefined;
  }
}
