import {
  type Baggage,
  type Context,
  propagation,
  type TextMapPropagator,
} from '@opentelemetry/api';
import type { Redactor } from './redactor.ts';

/**
 * Puts redaction in front of a propagator: baggage that is about to leave with a request is redacted, by key and by
 * value. The baggage of the process stays as it is. An entry of which nothing is left, or whose key was a secret, does
 * not leave.
 */
export function redactingPropagator(
  ofAnySignal: Redactor,
): (next: TextMapPropagator) => TextMapPropagator {
  const redactor = ofAnySignal.forSignal('baggage');

  function withoutSecrets(context: Context): Context {
    const baggage = propagation.getBaggage(context);
    if (baggage === undefined || !redactor.enabled) return context;
    const redacted = redactBaggage(baggage);
    return redacted === baggage ? context : propagation.setBaggage(context, redacted);
  }

  function redactBaggage(baggage: Baggage): Baggage {
    let redacted = baggage;
    for (const [key, entry] of baggage.getAllEntries()) {
      const before = { [key]: entry.value };
      const after = redactor.redactDeep(before);
      if (after === before) continue;
      redacted = redacted.removeEntry(key);
      const value = typeof after === 'object' ? (after as Record<string, unknown>)[key] : undefined;
      if (typeof value === 'string' && value !== '')
        redacted = redacted.setEntry(key, { ...entry, value });
    }
    return redacted;
  }

  return (next) => ({
    inject(context, carrier, setter) {
      let clean: Context;
      try {
        clean = withoutSecrets(context);
      } catch (error) {
        redactor.fail(error);
        clean = propagation.deleteBaggage(context);
      }
      next.inject(clean, carrier, setter);
    },
    extract: (context, carrier, getter) => next.extract(context, carrier, getter),
    fields: () => next.fields(),
  });
}
