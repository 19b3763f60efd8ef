import {
  type Context,
  isSpanContextValid,
  propagation,
  type SpanContext,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { ATTR_LLM_OTEL_SAMPLING_PRIORITY } from '@llm-otel/llm-conventions';
import type { Sampler, SamplingResult } from '@llm-otel/core';
import { DROP, KEEP, RECORD } from './decisions.ts';
import { ThresholdResults } from './threshold-results.ts';

export interface PrioritySamplerOptions {
  /**
   * The attribute of a span, as it starts, that forces the decision: `true`, `"keep"` or a number above 0 keeps the
   * trace, `false`, `"drop"` or another number drops it.
   * @defaultValue `sampling.priority`, which OpenTracing instrumentation sets
   */
  readonly attribute?: string | undefined;
  /**
   * The baggage entry that forces it, with the same values as text. It comes from callers: name one only where these
   * are your own, because each caller could make you keep everything.
   * @defaultValue none
   */
  readonly baggage?: string | undefined;
  /**
   * Records the spans of traces that are dropped, for a tail policy.
   * @defaultValue false
   */
  readonly record?: boolean | undefined;
}

/**
 * Keeps or drops what someone has marked, and asks `otherwise` about the rest. Looks at the first span in this process
 * only, and lets the spans below it follow it, so that no trace is torn. What was forced stands for itself alone: it has no
 * share in the tracestate, and the span has `llm_otel.sampling.priority`, `keep` or `drop`, for a rule of a tail policy.
 */
export function prioritySampler(
  otherwise: Sampler,
  { attribute = 'sampling.priority', baggage, record = false }: PrioritySamplerOptions = {},
): Sampler {
  const results = new ThresholdResults(record);
  return {
    shouldSample(context, traceId, spanName, spanKind, attributes, links): SamplingResult {
      const parent = localParent(context);
      if (parent !== undefined) {
        // It may have been forced: a sampler that goes by the trace id alone would tear the trace.
        const own = otherwise.shouldSample(context, traceId, spanName, spanKind, attributes, links);
        if ((parent.traceFlags & TraceFlags.SAMPLED) !== 0) return KEEP;
        return record || own.decision === RECORD.decision ? RECORD : DROP;
      }
      const forced =
        meaningOf(attributes[attribute]) ??
        (baggage === undefined ? undefined : meaningOf(baggageText(context, baggage)));
      if (forced === undefined) {
        return otherwise.shouldSample(context, traceId, spanName, spanKind, attributes, links);
      }
      return {
        ...results.uncounted(forced, context),
        attributes: { [ATTR_LLM_OTEL_SAMPLING_PRIORITY]: forced ? 'keep' : 'drop' },
      };
    },
    toString: () => `Priority{${otherwise.toString()}}`,
  };
}

function localParent(context: Context): SpanContext | undefined {
  const parent = trace.getSpanContext(context);
  const isLocal = parent !== undefined && parent.isRemote !== true && isSpanContextValid(parent);
  return isLocal ? parent : undefined;
}

function baggageText(context: Context, entry: string): string | undefined {
  return propagation.getBaggage(context)?.getEntry(entry)?.value.trim();
}

/** True to keep, false to drop, `undefined` for anything that means neither. */
function meaningOf(value: unknown): boolean | undefined {
  switch (value) {
    case true:
    case 'true':
    case 'keep':
      return true;
    case false:
    case 'false':
    case 'drop':
      return false;
    default:
      return aboveZero(value);
  }
}

function aboveZero(value: unknown): boolean | undefined {
  if (typeof value === 'string') return /^-?\d{1,9}$/.test(value) ? Number(value) > 0 : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value > 0 : undefined;
}
