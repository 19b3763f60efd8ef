import {
  type Baggage,
  type BaggageEntry,
  baggageEntryMetadataFromString,
  type Context,
  propagation,
  type TextMapPropagator,
  type TextMapSetter,
} from '@opentelemetry/api';
import { redactTraceStateText, withoutSecrets } from './redact-trace-state.ts';
import type { Redactor } from './redactor.ts';

const TRACE_STATE = 'tracestate';

/**
 * Puts redaction in front of a propagator: baggage that is about to leave with a request is redacted, by key and by
 * value. The baggage of the process stays as it is. An entry of which nothing is left, or whose key was a secret, does
 * not leave, and neither do a property of an entry and a member of `tracestate` that hold something to hide: a
 * placeholder would break their syntax.
 */
export function redactingPropagator(
  ofAnySignal: Redactor,
): (next: TextMapPropagator) => TextMapPropagator {
  const redactor = ofAnySignal.forSignal('baggage');

  function cleanBaggage(context: Context): Context {
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
      const metadata = redactMetadata(entry.metadata);
      if (after === before && metadata === entry.metadata) continue;
      redacted = redacted.removeEntry(key);
      const value = typeof after === 'object' ? (after as Record<string, unknown>)[key] : undefined;
      if (typeof value === 'string' && (value !== '' || after === before))
        redacted = redacted.setEntry(key, { value, ...(metadata && { metadata }) });
    }
    return redacted;
  }

  /** The properties of an entry, `ttl=30;tier=gold`. */
  function redactMetadata(metadata: BaggageEntry['metadata']): BaggageEntry['metadata'] {
    if (metadata === undefined) return metadata;
    const before = metadata.toString();
    const after = withoutSecrets(redactor, before, ';');
    if (after === before) return metadata;
    return after === '' ? undefined : baggageEntryMetadataFromString(after);
  }

  /** The trace state is one of the span in the context, whatever class that is: it is redacted where it is written. */
  function cleanSetter<Carrier>(setter: TextMapSetter<Carrier>): TextMapSetter<Carrier> {
    return {
      set(carrier, key, value) {
        if (key.toLowerCase() !== TRACE_STATE) return setter.set(carrier, key, value);
        const clean = redactTraceStateText(redactor, value);
        if (clean !== '') setter.set(carrier, key, clean);
      },
    };
  }

  return (next) => ({
    inject(context, carrier, setter) {
      let clean: Context;
      try {
        clean = cleanBaggage(context);
      } catch (error) {
        redactor.fail(error);
        clean = propagation.deleteBaggage(context);
      }
      next.inject(clean, carrier, redactor.enabled ? cleanSetter(setter) : setter);
    },
    extract: (context, carrier, getter) => next.extract(context, carrier, getter),
    fields: () => next.fields(),
  });
}
