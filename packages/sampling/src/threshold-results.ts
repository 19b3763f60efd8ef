import { isSpanContextValid, type Context, type TraceState, trace } from '@opentelemetry/api';
import type { SamplingResult } from '@llm-otel/core';
import { DROP, KEEP, RECORD } from './decisions.ts';
import { keepsTrace, readOtMember, withThreshold } from './ot-member.ts';
import type { Threshold } from './threshold.ts';

/** Turns thresholds into what the SDK wants to know of a span that starts. */
export class ThresholdResults {
  readonly #otherwise: SamplingResult;
  // Of the last threshold, which is nearly always the one needed again.
  #threshold: Threshold | undefined;
  #keepRoot: SamplingResult = KEEP;

  /** @param record - whether spans of other traces are recorded */
  constructor(record: boolean) {
    this.#otherwise = record ? RECORD : DROP;
  }

  /** Kept where the randomness of the trace reaches the threshold. */
  byThreshold(threshold: Threshold | undefined, context: Context, traceId: string): SamplingResult {
    const traceState = inheritedTraceState(context);
    // Nearly every root: nothing is allocated here.
    if (traceState === undefined) {
      return keepsTrace(threshold, traceId, undefined)
        ? this.#keepRootOf(threshold)
        : this.#otherwise;
    }
    const { rv } = readOtMember(traceState);
    return keepsTrace(threshold, traceId, rv)
      ? withTraceState(KEEP, withThreshold(traceState, threshold))
      : withTraceState(this.#otherwise, withThreshold(traceState, undefined));
  }

  /** Kept or not for a reason that is no share: without a `th`, because nobody knows what the trace stands for. */
  uncounted(isKept: boolean, context: Context): SamplingResult {
    const result = isKept ? KEEP : this.#otherwise;
    const traceState = inheritedTraceState(context);
    return traceState === undefined
      ? result
      : withTraceState(result, withThreshold(traceState, undefined));
  }

  #keepRootOf(threshold: Threshold | undefined): SamplingResult {
    if (threshold !== this.#threshold) {
      this.#keepRoot = Object.freeze(withTraceState(KEEP, withThreshold(undefined, threshold)));
      this.#threshold = threshold;
    }
    return this.#keepRoot;
  }
}

export function withTraceState(
  result: SamplingResult,
  traceState: TraceState | undefined,
): SamplingResult {
  return traceState === undefined ? result : { ...result, traceState };
}

/** What the SDK would pass on to the new span: the tracestate of a valid parent. */
export function inheritedTraceState(context: Context): TraceState | undefined {
  const parent = trace.getSpanContext(context);
  return parent?.traceState !== undefined && isSpanContextValid(parent)
    ? parent.traceState
    : undefined;
}
