import {
  context as contextApi,
  type Context,
  ROOT_CONTEXT,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { type HeaderCarrier, headerGetter, headerSetter } from './carriers.ts';
import { currentPropagator } from './current-propagator.ts';

/**
 * Writes the trace context and baggage of `context` into `carrier`: `Headers`, a plain object or a `Map`. Writes
 * nothing where there is no valid context, and never throws.
 * @param context - the active context where left out
 * @param propagator - the registered one where left out; where none is registered, W3C trace context without baggage
 */
export function injectHeaders(
  carrier: HeaderCarrier,
  context: Context = contextApi.active(),
  propagator: TextMapPropagator = currentPropagator(),
): void {
  propagator.inject(context, carrier, headerSetter);
}

/**
 * Reads trace context and baggage from `carrier`. Returns `context` as it is where there is none that is valid.
 * @param context - the root context where left out, so that a request without headers starts a trace of its own
 * @param propagator - the registered one where left out; where none is registered, W3C trace context and baggage
 */
export function extractHeaders(
  carrier: HeaderCarrier,
  context: Context = ROOT_CONTEXT,
  propagator: TextMapPropagator = currentPropagator(),
): Context {
  return propagator.extract(context, carrier, headerGetter);
}
