import { type Context, type TextMapPropagator, trace } from '@opentelemetry/api';
import { neverThrowing } from './never-throwing.ts';

const RANDOM_FLAG = 0b10;

/**
 * Several propagators as one, in the order listed. Where two set the same header, or find the same part of the
 * context, the later one wins; but a later one that finds the same span (both ids) and knows less of it, no tracestate
 * and no random flag, leaves what the earlier one found. A propagator that throws is skipped and does not stop the
 * others.
 */
export function compositePropagator(propagators: readonly TextMapPropagator[]): TextMapPropagator {
  const safe = propagators.map(neverThrowing);
  return {
    inject(context, carrier, setter) {
      for (const propagator of safe) propagator.inject(context, carrier, setter);
    },
    extract(context, carrier, getter) {
      let extracted = context;
      for (const propagator of safe) {
        const found = propagator.extract(extracted, carrier, getter);
        // What was there before any of them is no finding.
        extracted = extracted === context ? found : withRicherSpan(extracted, found);
      }
      return extracted;
    },
    fields: () => [...new Set(safe.flatMap((propagator) => propagator.fields()))],
  };
}

/** A caller that wrote the headers of several formats: B3 and Jaeger have no tracestate, and not every flag. */
function withRicherSpan(earlier: Context, later: Context): Context {
  if (later === earlier) return later;
  const [before, after] = [trace.getSpanContext(earlier), trace.getSpanContext(later)];
  return before !== undefined &&
    after !== undefined &&
    before !== after &&
    before.traceId === after.traceId &&
    before.spanId === after.spanId &&
    after.traceState === undefined &&
    (after.traceFlags & RANDOM_FLAG) === 0
    ? trace.setSpanContext(later, before)
    : later;
}
