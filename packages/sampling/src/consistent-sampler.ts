import { InvalidOptionError, type Sampler, type SamplingResult } from '@llm-otel/core';
import { thresholdOf } from './threshold.ts';
import { ThresholdResults } from './threshold-results.ts';

export interface ConsistentSamplerOptions {
  /**
   * Share of all traces to keep, from 0 to 1.
   * @throws InvalidOptionError for anything else
   */
  readonly ratio: number;
  /**
   * Records the spans of the other traces as well, for a tail policy that may keep them after all. They do not carry
   * the sampled flag.
   * @defaultValue false
   */
  readonly record?: boolean | undefined;
}

export interface ConsistentSampler extends Sampler {
  /** Another share from now on. Running traces keep the decision that was made for them. */
  setRatio(ratio: number): void;
}

/**
 * Keeps a share of all traces, the same ones in every process with the same ratio, by OpenTelemetry's consistent
 * probability sampling: the last 56 bits of the trace id (or `rv`) against a threshold, which goes into the tracestate
 * as `ot=th:…`, so that receivers can count what one kept trace stands for. Decides by itself for every span; put it
 * behind `parentBasedSampler` to follow the caller's decision.
 */
export function consistentSampler({
  ratio,
  record = false,
}: ConsistentSamplerOptions): ConsistentSampler {
  const results = new ThresholdResults(record);
  let current = checkedShare('ratio', ratio);
  let threshold = thresholdOf(current);
  return {
    shouldSample: (context, traceId): SamplingResult =>
      results.byThreshold(threshold, context, traceId),
    setRatio(ratio) {
      current = checkedShare('ratio', ratio);
      threshold = thresholdOf(current);
    },
    toString: () => `ConsistentSampler{${current}}`,
  };
}

/** @throws InvalidOptionError for anything but a number from 0 to 1 */
export function checkedShare(option: string, value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
    throw new InvalidOptionError({ option, value, use: 'a number from 0 to 1' });
  }
  return value;
}
