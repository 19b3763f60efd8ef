import { type Clock, InvalidOptionError, type Sampler, type SpanStage } from '@llm-otel/core';
import { telemetryDefaults, type TelemetryEnvironment } from '@llm-otel/core/setup';
import {
  alwaysOff,
  alwaysOn,
  consistentSampler,
  headSampler,
  type LivePolicy,
  parentBasedSampler,
  type PolicySource,
  samplingPolicy,
  tailSampling,
  type TailSamplingLimits,
} from '@llm-otel/sampling';
import { parseSamplingPolicy, type SamplingPolicy } from '@llm-otel/sampling/policy';
import { diag } from '@opentelemetry/api';
import { policyAt, presetInEnvironment } from './policy-from-environment.ts';
import type { Preset } from './presets.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

/** What decides as a span starts, and what decides when its trace is complete. */
export interface SamplingChoice {
  readonly sampler: Sampler;
  /** Absent where the head decides alone. */
  readonly stage: SpanStage | undefined;
  /** What the shares can be read from; absent where no policy decides. */
  readonly policy?: LivePolicy | undefined;
  /** What keeps the policy up to date, to be stopped at the end. */
  readonly source?: PolicySource | undefined;
}

// Often nobody has asked for it: `next start` and many images set NODE_ENV, and then most traces seem to be missing.
const PRODUCTION =
  'llm-otel: the preset production keeps traces with an error, slow and dear ones, and a tenth of the others; OTEL_SAMPLING_RATE=1 keeps all';

/** Option over `OTEL_TRACES_SAMPLER`, `OTEL_SAMPLING_POLICY` and `OTEL_SAMPLING_RATE`, in this order, over the preset. */
export function chooseSampling(
  {
    sampling,
    samplingLimits,
    clock,
  }: Pick<TelemetryOptions, 'sampling' | 'samplingLimits' | 'clock'>,
  environment: TelemetryEnvironment,
  preset: Preset,
  fromFile?: Sampler,
): SamplingChoice {
  if (typeof sampling === 'number') return headOnly(shareOf(sampling));
  if (sampling !== undefined) {
    return isLive(sampling)
      ? byLivePolicy(sampling, samplingLimits, clock)
      : byPolicy(parseSamplingPolicy(sampling), samplingLimits, clock);
  }
  if (fromFile !== undefined) return headOnly(fromFile);
  const { samplingPolicy: place, tracesSampler } = environment;
  if (place !== undefined && tracesSampler === undefined) {
    const named = presetInEnvironment(place);
    if (named !== undefined) return byPolicy(named, samplingLimits, clock);
    const sourced = policyAt(place, preset.sampling, clock);
    if (sourced !== undefined) {
      return { ...byLivePolicy(sourced.policy, samplingLimits, clock), source: sourced.source };
    }
  }
  const standard = standardSampler(environment);
  if (standard !== undefined) return headOnly(standard);
  if (preset.name === 'production') diag.info(PRODUCTION);
  return byPolicy(preset.sampling, samplingLimits, clock);
}

function headOnly(sampler: Sampler): SamplingChoice {
  return { sampler, stage: undefined };
}

function isLive(sampling: unknown): sampling is LivePolicy {
  return typeof sampling === 'object' && sampling !== null && 'update' in sampling;
}

function byPolicy(
  policy: SamplingPolicy,
  limits: TailSamplingLimits | undefined,
  clock: Clock | undefined,
): SamplingChoice {
  const live = samplingPolicy(policy, { clock });
  // A first rule that every trace matches is known at the start: there is nothing to wait for.
  if (policy.rules[0]?.when === undefined) {
    return { ...headOnly(headSampler(live, { tail: false })), policy: live };
  }
  return byLivePolicy(live, limits, clock);
}

/** Always with a tail: another policy may need it. */
function byLivePolicy(
  policy: LivePolicy,
  limits: TailSamplingLimits | undefined,
  clock: Clock | undefined,
): SamplingChoice {
  return {
    sampler: headSampler(policy, { tail: true }),
    stage: tailSampling(policy, limits, { clock }),
    policy,
  };
}

function shareOf(ratio: number): Sampler {
  if (!(ratio >= 0 && ratio <= 1)) {
    throw new InvalidOptionError({
      option: 'sampling',
      value: ratio,
      use: 'a number from 0 to 1, or a policy',
    });
  }
  return parentBasedSampler(consistentSampler({ ratio }));
}

function standardSampler(environment: TelemetryEnvironment): Sampler | undefined {
  const ratio =
    environment.tracesSamplerRatio ??
    environment.samplingRate ??
    telemetryDefaults.tracesSamplerRatio;
  switch (environment.tracesSampler) {
    case 'always_on':
      return alwaysOn;
    case 'always_off':
      return alwaysOff;
    case 'traceidratio':
      return consistentSampler({ ratio });
    case 'parentbased_always_on':
      return parentBasedSampler(alwaysOn);
    case 'parentbased_always_off':
      return parentBasedSampler(alwaysOff);
    case 'parentbased_traceidratio':
      return parentBasedSampler(consistentSampler({ ratio }));
    case undefined:
  }
  return environment.samplingRate === undefined ? undefined : shareOf(environment.samplingRate);
}
