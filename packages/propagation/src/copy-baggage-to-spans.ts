import { propagation } from '@opentelemetry/api';
import {
  FailureLog,
  forwardTo,
  InvalidOptionError,
  type SpanProcessorWrapper,
} from '@llm-otel/core';
import type { BaggageItem } from './baggage-item.ts';

export interface CopyBaggageOptions {
  /**
   * Baggage keys to copy, each to an attribute of the same name. Nothing else is copied: callers can put anything
   * in baggage.
   * @defaultValue none
   * @throws InvalidOptionError unless a list of strings
   */
  readonly keys?: readonly string[] | undefined;
  /**
   * Items to copy, each to its attribute, as the type it has. A value of another type or size is left out.
   * @defaultValue none
   */
  readonly items?: readonly BaggageItem[] | undefined;
}

/**
 * Copies the listed baggage entries onto every span as it starts, so that spans of other libraries carry the
 * session, user or conversation too.
 */
export function copyBaggageToSpans({
  keys = [],
  items = [],
}: CopyBaggageOptions): SpanProcessorWrapper {
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'string')) {
    throw new InvalidOptionError({
      option: 'copyBaggageToSpans.keys',
      value: keys,
      use: 'a list of baggage keys, for example ["session.id"]',
    });
  }
  const failures = new FailureLog();
  return (next) => ({
    ...forwardTo(next),
    onStart(span, parentContext) {
      try {
        const baggage = propagation.getBaggage(parentContext);
        if (baggage !== undefined) {
          for (const key of keys) {
            const entry = baggage.getEntry(key);
            if (entry !== undefined) span.setAttribute(key, entry.value);
          }
          for (const item of items) {
            const value = item.attribute === undefined ? undefined : item.get(parentContext);
            if (value !== undefined) span.setAttribute(item.attribute as string, value);
          }
        }
      } catch (error) {
        failures.report('copying baggage to a span', error);
      }
      // Last, so that a processor behind this one already sees the attributes.
      next.onStart(span, parentContext);
    },
  });
}
