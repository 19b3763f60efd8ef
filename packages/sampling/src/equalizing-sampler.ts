import { isSpanContextValid, type SpanContext, trace } from '@opentelemetry/api';
import type { Sampler, SamplingResult } from '@llm-otel/core';
import { checkedShare } from './consistent-sampler.ts';
import { DROP, KEEP } from './decisions.ts';
import { keepsTrace, readOtMember, withThreshold } from './ot-member.ts';
import { lowerOf, thresholdOf } from './threshold.ts';
import { ThresholdResults, withTraceState } from './threshold-results.ts';

const SAMPLED_FLAG = 1;

export interface EqualizingSamplerOptions {
  /**
   * Highest share of all traces to keep, from 0 to 1.
   * @throws InvalidOptionError for anything else
   */
  readonly ratio: number;
  /** From 0 to 1, below 1. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
}

/**
 * For a service that wants less than its callers send: keeps `ratio` of all traces, of those that the caller has
 * sampled. Where the caller's share is known, the lower of both counts (the thresholds of consistent sampling only rise
 * on the way). Where it is not, nobody knows how the caller chose, and the trace id may have been what it went by: then
 * new randomness decides, and the trace has no share. Traces lose the part of this service; use
 * `parentBasedSampler` where they must not.
 */
export function equalizingSampler({
  ratio,
  random = Math.random,
}: EqualizingSamplerOptions): Sampler {
  const threshold = thresholdOf(checkedShare('ratio', ratio));
  const results = new ThresholdResults(false);

  const ofRemote = (parent: SpanContext, traceId: string): SamplingResult => {
    const { traceState } = parent;
    const { rv, threshold: callers } = readOtMember(traceState);
    const isSampled = (parent.traceFlags & SAMPLED_FLAG) !== 0;
    if (!isSampled || threshold === undefined) {
      return withTraceState(DROP, withThreshold(traceState, undefined));
    }
    if (callers === undefined || !keepsTrace(callers, traceId, rv)) {
      const result = random() < ratio ? KEEP : DROP;
      return withTraceState(result, withThreshold(traceState, undefined));
    }
    const higher = lowerOf(threshold, callers) === callers ? threshold : callers;
    return keepsTrace(higher, traceId, rv)
      ? withTraceState(KEEP, withThreshold(traceState, higher))
      : withTraceState(DROP, withThreshold(traceState, undefined));
  };

  return {
    shouldSample(context, traceId): SamplingResult {
      const parent = trace.getSpanContext(context);
      if (parent === undefined || !isSpanContextValid(parent)) {
        return results.byThreshold(threshold, context, traceId);
      }
      if (parent.isRemote === true) return ofRemote(parent, traceId);
      return (parent.traceFlags & SAMPLED_FLAG) === 0 ? DROP : KEEP;
    },
    toString: () => `Equalizing{${ratio}}`,
  };
}
