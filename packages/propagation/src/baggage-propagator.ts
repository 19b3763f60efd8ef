import { type Baggage, propagation, type TextMapPropagator } from '@opentelemetry/api';
import { InvalidOptionError, type OptionKeys } from '@llm-otel/core';
import { formatBaggage } from './baggage/format-baggage.ts';
import { parseBaggage } from './baggage/parse-baggage.ts';
import { knownOptions } from './known-options.ts';
import { neverThrowing } from './never-throwing.ts';
import { SmallContext } from './small-context.ts';
import { isTracingSuppressed } from './tracing-suppressed.ts';

const BAGGAGE = 'baggage';
const KNOWN: OptionKeys<BaggagePropagatorOptions> = { baggageKeys: true };

export interface BaggagePropagatorOptions {
  /**
   * Baggage keys that may leave this process. With `'all'`, everything that was ever put in baggage, by any library and
   * by any caller upstream, reaches every host that is called, as with the OpenTelemetry SDK.
   * @defaultValue none: baggage is read, and not sent on
   * @throws InvalidOptionError unless a list of strings or `'all'`
   */
  readonly baggageKeys?: readonly string[] | 'all' | undefined;
}

/**
 * W3C baggage. Reads and writes up to 180 members and 8192 bytes; what is beyond is left out, whole members only.
 * Contexts are interchangeable with the stock propagator's.
 */
export function w3cBaggagePropagator(options: BaggagePropagatorOptions = {}): TextMapPropagator {
  knownOptions('w3cBaggagePropagator', options, KNOWN);
  const { baggageKeys = [] } = options;
  const allowed = baggageKeys === 'all' ? undefined : allowList(baggageKeys);
  // A request or an agent's run calls out many times with the same baggage, which is immutable.
  const written = new WeakMap<Baggage, string>();
  return neverThrowing({
    inject(context, carrier, setter) {
      const baggage = propagation.getBaggage(context);
      if (baggage === undefined || isTracingSuppressed(context)) return;
      let header = written.get(baggage);
      if (header === undefined) {
        header = formatBaggage(baggage, allowed);
        written.set(baggage, header);
      }
      if (header !== '') setter.set(carrier, BAGGAGE, header);
    },
    extract(context, carrier, getter) {
      const header: unknown = getter.get(carrier, BAGGAGE);
      if (header === undefined) return context;
      const baggage = parseBaggage(header);
      return baggage === undefined
        ? context
        : propagation.setBaggage(SmallContext.on(context), baggage);
    },
    fields: () => [BAGGAGE],
  });
}

function allowList(keys: unknown): ReadonlySet<string> {
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'string')) {
    throw new InvalidOptionError({
      option: 'baggageKeys',
      value: keys,
      use: 'a list of baggage keys, for example ["session.id"], or "all"',
    });
  }
  return new Set<string>(keys);
}
