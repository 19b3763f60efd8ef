import type { SpanContext, TraceState } from '@opentelemetry/api';
import {
  ATTR_LLM_OTEL_SAMPLING_PARTIAL,
  ATTR_LLM_OTEL_SAMPLING_RULE,
} from '@llm-otel/llm-conventions';
import { type ReadableSpan, type SpanChanges, spanView } from '@llm-otel/core';
import { withThreshold } from '../ot-member.ts';
import type { Threshold } from '../threshold.ts';
import type { Verdict } from './verdict.ts';

const SAMPLED_FLAG = 1;

/** Makes kept spans what exporters expect: sampled, with the share that was kept, and the rule on the local root. */
export class KeptSpans {
  // All spans of a trace share one tracestate, so the last change is nearly always the one needed again.
  #traceState: TraceState | undefined;
  #threshold: Threshold | undefined;
  #changed: TraceState | undefined;

  /** The span as it goes on: itself where nothing has to change. */
  view(span: ReadableSpan, verdict: Verdict): ReadableSpan {
    const changes: Mutable<SpanChanges> = {};
    const before = span.spanContext();
    const after = this.#sampled(before, verdict);
    if (after !== before) changes.spanContext = () => after;
    if (isLocalRoot(span)) changes.attributes = this.#withRule(span, verdict);
    return changes.spanContext === undefined && changes.attributes === undefined
      ? span
      : spanView(span, changes);
  }

  #sampled(context: SpanContext, verdict: Verdict): SpanContext {
    const traceState = verdict.hasCallersShare
      ? context.traceState
      : this.#withShare(context.traceState, verdict);
    const traceFlags = context.traceFlags | SAMPLED_FLAG;
    if (traceFlags === context.traceFlags && traceState === context.traceState) return context;
    // Written out: the context of another SDK may be a class with getters.
    const { traceId, spanId, isRemote } = context;
    return {
      traceId,
      spanId,
      traceFlags,
      ...(isRemote === undefined ? undefined : { isRemote }),
      ...(traceState === undefined ? undefined : { traceState }),
    };
  }

  #withShare(traceState: TraceState | undefined, { threshold }: Verdict): TraceState | undefined {
    if (threshold !== this.#threshold || traceState !== this.#traceState) {
      this.#changed = withThreshold(traceState, threshold);
      this.#traceState = traceState;
      this.#threshold = threshold;
    }
    return this.#changed;
  }

  #withRule({ attributes }: ReadableSpan, { rule, partial }: Verdict): ReadableSpan['attributes'] {
    return {
      ...attributes,
      [ATTR_LLM_OTEL_SAMPLING_RULE]: rule,
      ...(partial ? { [ATTR_LLM_OTEL_SAMPLING_PARTIAL]: true } : undefined),
    };
  }
}

/** The first span of the trace in this process: without a parent, or with one in another process. */
export function isLocalRoot({ parentSpanContext }: ReadableSpan): boolean {
  return parentSpanContext === undefined || parentSpanContext.isRemote === true;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
