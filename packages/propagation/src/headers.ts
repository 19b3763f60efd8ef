import {
  context as contextApi,
  type Context,
  ROOT_CONTEXT,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { type HeaderCarrier, headerGetter, headerSetter, removeHeader } from './carriers.ts';
import { currentPropagator } from './current-propagator.ts';
import { injectAlone } from './inject-alone.ts';

/**
 * Writes the trace context and baggage of `context` into `carrier`: `Headers`, a plain object or a `Map`. What another
 * context left there in fields of the propagator goes (a tracestate beside a new traceparent, baggage that may not
 * leave). Writes nothing where there is no valid context, and never throws.
 * @param context - the active context where left out
 * @param propagator - the registered one where left out; where none is registered, W3C trace context without baggage
 */
export function injectHeaders(
  carrier: HeaderCarrier,
  context: Context = contextApi.active(),
  propagator: TextMapPropagator = currentPropagator(),
): void {
  injectAlone(propagator, context, carrier, headerSetter, removeHeader);
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
