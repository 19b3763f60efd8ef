import {
  context as contextApi,
  type Context,
  ROOT_CONTEXT,
  type TextMapGetter,
  type TextMapSetter,
} from '@opentelemetry/api';
import { type HeaderCarrier, headerGetter, headerSetter } from '../carriers.ts';
import { w3cTraceContextPropagator } from '../trace-context-propagator.ts';

// The extension for distributed tracing has these two attributes and none for baggage, whatever is registered.
const W3C = w3cTraceContextPropagator();
// How the bindings of CloudEvents write an attribute as a header: HTTP and NATS, Kafka, AMQP (two spellings), MQTT
// none at all.
const PREFIXES = ['ce-', 'ce_', 'cloudevents:', 'cloudevents_', ''] as const;

/** How a protocol writes the attributes of an event in binary mode. */
export type CloudEventPrefix = 'ce-' | 'ce_' | 'cloudEvents:' | 'cloudEvents_' | '';

/**
 * A copy of a CloudEvent (structured mode, or the object of an SDK) with the extension attributes `traceparent` and
 * `tracestate`. An event that has a `traceparent` keeps it: it tells where the event was created, not by whom it was
 * passed on.
 * @param context - the active context where left out
 */
export function injectCloudEvent<Event extends object>(
  event: Event,
  context: Context = contextApi.active(),
): Event & { readonly traceparent?: string; readonly tracestate?: string } {
  const copy = { ...event };
  injectCloudEventHeaders(copy, context, '');
  return copy;
}

/**
 * Writes the same attributes as headers of a message in binary mode; those that are there stay.
 * @param prefix - of attributes in headers: `ce-` for HTTP and NATS, `ce_` for Kafka, `cloudEvents:` or
 * `cloudEvents_` for AMQP, none for MQTT
 */
export function injectCloudEventHeaders(
  headers: HeaderCarrier,
  context: Context = contextApi.active(),
  prefix: CloudEventPrefix = 'ce-',
): void {
  W3C.inject(context, headers, setterWith(prefix));
}

/**
 * The context a CloudEvent was created in, from the event itself or from the headers of its message in binary mode
 * (`ce-traceparent` before `traceparent`, which belongs to the transport). Returns `context` as it is where there is
 * none that is valid.
 * @param context - the root context where left out
 */
export function extractCloudEvent(event: unknown, context: Context = ROOT_CONTEXT): Context {
  if (typeof event !== 'object' || event === null) return context;
  for (const prefix of PREFIXES) {
    const found = W3C.extract(context, event, getterWith(prefix));
    if (found !== context) return found;
  }
  return context;
}

function getterWith(prefix: string): TextMapGetter<HeaderCarrier> {
  return {
    get: (carrier, name) => headerGetter.get(carrier, prefix + name),
    keys: (carrier) => headerGetter.keys(carrier),
  };
}

function setterWith(prefix: string): TextMapSetter<HeaderCarrier> {
  let keep = false;
  return {
    set(carrier, name, value) {
      // The first of the two decides for both: a tracestate belongs to its traceparent.
      if (name === 'traceparent') {
        const there = headerGetter.get(carrier, (prefix + name).toLowerCase());
        keep = typeof there === 'string' ? there !== '' : there !== undefined && there.length > 0;
      }
      if (!keep) headerSetter.set(carrier, prefix + name, value);
    },
  };
}
