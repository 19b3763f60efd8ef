import type { TextMapPropagator } from '@opentelemetry/api';
import { neverThrowing } from './never-throwing.ts';

/**
 * Several propagators as one, in the order listed. Where two set the same header, or find the same part of the
 * context, the later one wins. A propagator that throws is skipped and does not stop the others.
 */
export function compositePropagator(propagators: readonly TextMapPropagator[]): TextMapPropagator {
  const safe = propagators.map(neverThrowing);
  return {
    inject(context, carrier, setter) {
      for (const propagator of safe) propagator.inject(context, carrier, setter);
    },
    extract(context, carrier, getter) {
      let extracted = context;
      for (const propagator of safe) extracted = propagator.extract(extracted, carrier, getter);
      return extracted;
    },
    fields: () => [...new Set(safe.flatMap((propagator) => propagator.fields()))],
  };
}
