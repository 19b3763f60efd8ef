import { propagation } from '@opentelemetry/api';
import {
  FailureLog,
  forwardTo,
  InvalidOptionError,
  type SpanProcessorWrapper,
} from '@llm-otel/core';
import type { BaggageItem } from './baggage-item.ts';
import { knownOptions } from './known-options.ts';

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
   * @throws InvalidOptionError unless a list of what `baggageItem` makes
   */
  readonly items?: readonly BaggageItem[] | undefined;
}

/**
 * Copies the listed baggage entries onto every span as it starts, so that spans of other libraries carry the
 * session, user or conversation too.
 */
export function copyBaggageToSpans(options: CopyBaggageOptions): SpanProcessorWrapper {
  knownOptions('copyBaggageToSpans', options, { keys: true, items: true });
  const { keys = [], items = [] } = options;
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'string')) {
    throw new InvalidOptionError({
      option: 'copyBaggageToSpans.keys',
      value: keys,
      use: 'a list of baggage keys, for example ["session.id"]',
    });
  }
  if (!Array.isArray(items) || !items.every(isItem)) {
    throw new InvalidOptionError({
      option: 'copyBaggageToSpans.items',
      value: items,
      use: 'a list of what baggageItem() makes',
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

function isItem(item: Partial<BaggageItem> | null | undefined): boolean {
  return typeof item?.get === 'function' && typeof item.key === 'string';
}
