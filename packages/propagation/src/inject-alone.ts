import type { Context, TextMapPropagator, TextMapSetter } from '@opentelemetry/api';

/** Takes a field out of a carrier, under whatever name the setter gives it. */
export type RemoveField<Carrier> = (carrier: Carrier, field: string) => void;

/**
 * Injects so that the carrier has one context: fields of the propagator that were there and are not written now belong
 * to another trace (a message that is sent on, the environment this process was started with), and baggage among them
 * may be what the list of keys keeps in. They are taken out. Where no trace is written, all that is there stays.
 */
export function injectAlone<Carrier>(
  propagator: TextMapPropagator,
  context: Context,
  carrier: Carrier,
  setter: TextMapSetter<Carrier>,
  remove: RemoveField<Carrier>,
): void {
  const written: string[] = [];
  propagator.inject(context, carrier, {
    set(into, field, value) {
      setter.set(into, field, value);
      written.push(field);
    },
  });
  if (!writesTrace(written)) return;
  for (const field of propagator.fields()) {
    if (!written.includes(field)) remove(carrier, field);
  }
}

export function writesTrace(fields: readonly string[]): boolean {
  return fields.some((field) => field !== 'baggage');
}
