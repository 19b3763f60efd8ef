import { type Clock, InvalidOptionError, type Sampler, type SpanStage } from '@llm-otel/core';
import { telemetryDefaults, type TelemetryEnvironment } from '@llm-otel/core/setup';
import {
  alwaysOff,
  alwaysOn,
  consistentSampler,
  headSampler,
  parentBasedSampler,
  tailSampling,
} from '@llm-otel/sampling';
import { parseSamplingPolicy, type SamplingPolicy } from '@llm-otel/sampling/policy';
import type { Preset } from './presets.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

/** What decides as a span starts, and what decides when its trace is complete. */
export interface SamplingChoice {
  readonly sampler: Sampler;
  /** Absent where the head decides alone. */
  readonly stage: SpanStage | undefined;
}

/** Option over `OTEL_TRACES_SAMPLER` over `OTEL_SAMPLING_RATE` over the preset. */
export function chooseSampling(
  { sampling, clock }: Pick<TelemetryOptions, 'sampling' | 'clock'>,
  environment: TelemetryEnvironment,
  preset: Preset,
): SamplingChoice {
  if (typeof sampling === 'number') return headOnly(shareOf(sampling));
  if (sampling !== undefined) return byPolicy(parseSamplingPolicy(sampling), clock);
  const standard = standardSampler(environment);
  return standard === undefined ? byPolicy(preset.sampling, clock) : headOnly(standard);
}

function headOnly(sampler: Sampler): SamplingChoice {
  return { sampler, stage: undefined };
}

function byPolicy(policy: SamplingPolicy, clock: Clock | undefined): SamplingChoice {
  // A first rule that every trace matches is known at the start: there is nothing to wait for.
  if (policy.rules[0]?.when === undefined) return headOnly(headSampler(policy, { tail: false }));
  return {
    sampler: headSampler(policy, { tail: true }),
    stage: tailSampling(policy, {}, { clock }),
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
