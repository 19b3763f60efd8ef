import { isSpanContextValid, type SpanContext, trace } from '@opentelemetry/api';
import type { Sampler, SamplingResult } from '@llm-otel/core';
import { withTraceState } from './threshold-results.ts';
import { DROP, KEEP, RECORD } from './decisions.ts';
import { keepsTrace, readOtMember, withThreshold } from './ot-member.ts';

const SAMPLED_FLAG = 1;

export interface ParentBasedSamplerOptions {
  /**
   * Records the spans of traces that the parent did not sample as well, for a tail policy that may keep them.
   * @defaultValue false
   */
  readonly record?: boolean | undefined;
}

/** For samplers of this package that count spans, or traces that callers have sampled. */
interface ParentListener {
  readonly onLocalChild?: (() => void) | undefined;
  readonly onSampledCaller?: ((traceId: string) => void) | undefined;
}

/**
 * Follows the decision of the parent, local or remote, and asks `root` where there is none. A `th` in the tracestate
 * that contradicts the parent's decision is taken out; every other part of the tracestate stays.
 */
export function parentBasedSampler(
  root: Sampler,
  {
    record = false,
    onLocalChild,
    onSampledCaller,
  }: ParentBasedSamplerOptions & ParentListener = {},
): Sampler {
  const otherwise = record ? RECORD : DROP;
  return {
    shouldSample(context, traceId, spanName, spanKind, attributes, links): SamplingResult {
      const parent = trace.getSpanContext(context);
      if (parent === undefined || !isSpanContextValid(parent)) {
        return root.shouldSample(context, traceId, spanName, spanKind, attributes, links);
      }
      const sampled = (parent.traceFlags & SAMPLED_FLAG) !== 0;
      const result = sampled ? KEEP : otherwise;
      if (sampled) {
        if (parent.isRemote === true) onSampledCaller?.(traceId);
        else onLocalChild?.();
      }
      // A local parent's tracestate went through here when the local root started.
      return parent.isRemote === true && parent.traceState !== undefined
        ? withTraceState(result, trustedTraceState(parent, traceId, sampled))
        : result;
    },
    toString: () => `ParentBased{${root.toString()}}`,
  };
}

function trustedTraceState(
  { traceState }: SpanContext,
  traceId: string,
  sampled: boolean,
): SpanContext['traceState'] {
  const { rv, threshold } = readOtMember(traceState);
  const isRight = sampled && threshold !== undefined && keepsTrace(threshold, traceId, rv);
  return isRight ? traceState : withThreshold(traceState, undefined);
}
