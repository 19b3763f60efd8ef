import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { Context, TraceState } from '@opentelemetry/api';
import { InvalidOptionError, type Sampler, type SamplingResult } from '@llm-otel/core';
import { DROP, KEEP, RECORD } from './decisions.ts';
import { keepsTrace, readOtMember, withThreshold } from './ot-member.ts';
import { type Threshold, thresholdOf } from './threshold.ts';

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
  const otherwise = record ? RECORD : DROP;
  let current = checked(ratio);
  let threshold = thresholdOf(current);
  let keepRoot = resultFor(threshold);
  return {
    shouldSample(context, traceId): SamplingResult {
      const traceState = inheritedTraceState(context);
      // Nearly every root: nothing is allocated here.
      if (traceState === undefined) {
        return keepsTrace(threshold, traceId, undefined) ? keepRoot : otherwise;
      }
      const { rv } = readOtMember(traceState);
      return keepsTrace(threshold, traceId, rv)
        ? withTraceState(KEEP, withThreshold(traceState, threshold))
        : withTraceState(otherwise, withThreshold(traceState, undefined));
    },
    setRatio(ratio) {
      current = checked(ratio);
      threshold = thresholdOf(current);
      keepRoot = resultFor(threshold);
    },
    toString: () => `ConsistentSampler{${current}}`,
  };
}

export function withTraceState(
  result: SamplingResult,
  traceState: TraceState | undefined,
): SamplingResult {
  return traceState === undefined ? result : { ...result, traceState };
}

function resultFor(threshold: Threshold | undefined): SamplingResult {
  return Object.freeze(withTraceState(KEEP, withThreshold(undefined, threshold)));
}

/** What the SDK would pass on to the new span: the tracestate of a valid parent. */
function inheritedTraceState(context: Context): TraceState | undefined {
  const parent = trace.getSpanContext(context);
  return parent?.traceState !== undefined && isSpanContextValid(parent)
    ? parent.traceState
    : undefined;
}

function checked(ratio: unknown): number {
  if (typeof ratio !== 'number' || !(ratio >= 0 && ratio <= 1)) {
    throw new InvalidOptionError({ option: 'ratio', value: ratio, use: 'a number from 0 to 1' });
  }
  return ratio;
}
