import {
  context as contextApi,
  type Context,
  ROOT_CONTEXT,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { type HeaderCarrier, headerGetter, headerSetter } from './carriers.ts';
import { w3cPropagator } from './w3c-propagator.ts';

const W3C = w3cPropagator();

/**
 * Writes the trace context and baggage of `context` into `carrier`: `Headers`, a plain object or a `Map`. Writes
 * nothing where there is no valid context, and never throws.
 * @param context - the active context where left out
 * @param propagator - W3C with all baggage where left out, whatever is registered globally
 */
export function injectHeaders(
  carrier: HeaderCarrier,
  context: Context = contextApi.active(),
  propagator: TextMapPropagator = W3C,
): void {
  propagator.inject(context, carrier, headerSetter);
}

/**
 * Reads trace context and baggage from `carrier`. Returns `context` as it is where there is none that is valid.
 * @param context - the root context where left out, so that a request without headers starts a trace of its own
 * @param propagator - W3C where left out, whatever is registered globally
 */
export function extractHeaders(
  carrier: HeaderCarrier,
  context: Context = ROOT_CONTEXT,
  propagator: TextMapPropagator = W3C,
): Context {
  return propagator.extract(context, carrier, headerGetter);
}
