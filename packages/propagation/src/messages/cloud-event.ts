import {
  context as contextApi,
  type Context,
  ROOT_CONTEXT,
  type TextMapGetter,
  type TextMapSetter,
} from '@opentelemetry/api';
import { type HeaderCarrier, headerGetter, headerSetter, removeHeader } from '../carriers.ts';
import { copyOf } from '../copy-of.ts';
import { injectAlone, type RemoveField } from '../inject-alone.ts';
import { neverThrowing } from '../never-throwing.ts';
import { passOn } from '../pass-on.ts';
import { w3cTraceContextPropagator } from '../trace-context-propagator.ts';
import { headersOfMessage } from './message-headers.ts';

// The extension for distributed tracing has these two attributes and none for baggage, whatever is registered.
const W3C = w3cTraceContextPropagator();
// How the bindings of CloudEvents write an attribute as a header: HTTP and NATS, Kafka, AMQP (two spellings), MQTT
// none at all.
const PREFIXES = ['ce-', 'ce_', 'cloudevents:', 'cloudevents_'] as const;

/** How a protocol writes the attributes of an event in binary mode. */
export type CloudEventPrefix = 'ce-' | 'ce_' | 'cloudEvents:' | 'cloudEvents_' | '';

/**
 * A copy of a CloudEvent (structured mode, or the object of an SDK) with the extension attributes `traceparent` and
 * `tracestate`. It is of the same class: an event with a method `cloneWith`, as that of the official SDK, makes the copy
 * itself. An event that has a `traceparent` keeps it: it tells where the event was created, not by whom it was passed on.
 * What is no event comes back as it is, and is logged once.
 * @param context - the active context where left out
 */
export function injectCloudEvent<Event extends object>(
  event: Event,
  context: Context = contextApi.active(),
): Event & { readonly traceparent?: string; readonly tracestate?: string } {
  return passOn(event, () => {
    const before: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(event));
    const after: Record<string, unknown> = { ...before };
    injectCloudEventHeaders(after, context, '');
    const changes: Record<string, unknown> = {};
    for (const name of ['traceparent', 'tracestate'] as const) {
      // One that is taken out is `undefined`, which is no attribute.
      if (after[name] !== before[name]) changes[name] = after[name];
    }
    return clonedByItself(event, changes) ?? copyOf(event, changes);
  });
}

/** Events of the official SDK are frozen and keep their data in private members. */
function clonedByItself<Event extends object>(event: Event, changes: object): Event | undefined {
  const { cloneWith } = event as { readonly cloneWith?: unknown };
  if (typeof cloneWith !== 'function') return undefined;
  // An event that was made without being checked would not pass the check of its copy.
  for (const strict of [true, false]) {
    try {
      return (cloneWith as (changes: object, strict: boolean) => Event).call(
        event,
        changes,
        strict,
      );
    } catch {
      // Tried again, or left to the plain copy.
    }
  }
  return undefined;
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
  const { setter, remove } = writingWith(prefix);
  injectAlone(W3C, context, headers, setter, remove);
}

/**
 * The context a CloudEvent was created in, from the event itself, from the headers of its message in binary mode or from
 * that message (`ce-traceparent` before `traceparent`, which belongs to the transport). Returns `context` as it is where
 * there is none that is valid.
 * @param context - the root context where left out
 */
export function extractCloudEvent(event: unknown, context: Context = ROOT_CONTEXT): Context {
  return READING.extract(context, event, NO_GETTER);
}

/** As `extractCloudEvent`, but without the headers of the transport. */
export function extractBinaryEvent(message: object, context: Context): Context {
  const places = [message, ...headersOfMessage(message)];
  for (const prefix of PREFIXES) {
    for (const place of places) {
      const found = W3C.extract(context, place, getterWith(prefix));
      if (found !== context) return found;
    }
  }
  return context;
}

// A message may have members that throw.
const READING = neverThrowing({
  inject: () => undefined,
  extract(context, event: unknown) {
    if (typeof event !== 'object' || event === null) return context;
    const found = extractBinaryEvent(event, context);
    if (found !== context) return found;
    for (const place of [event, ...headersOfMessage(event)]) {
      const extracted = W3C.extract(context, place, headerGetter);
      if (extracted !== context) return extracted;
    }
    return context;
  },
  fields: () => [],
});
const NO_GETTER = { get: () => undefined, keys: () => [] };

function getterWith(prefix: string): TextMapGetter<HeaderCarrier> {
  return {
    get: (carrier, name) => headerGetter.get(carrier, prefix + name),
    keys: (carrier) => headerGetter.keys(carrier),
  };
}

function writingWith(prefix: string): {
  readonly setter: TextMapSetter<HeaderCarrier>;
  readonly remove: RemoveField<HeaderCarrier>;
} {
  let keep = false;
  return {
    setter: {
      set(carrier, name, value) {
        // The first of the two decides for both: a tracestate belongs to its traceparent.
        if (name === 'traceparent') {
          const there = headerGetter.get(carrier, (prefix + name).toLowerCase());
          keep = typeof there === 'string' ? there !== '' : there !== undefined && there.length > 0;
        }
        if (!keep) headerSetter.set(carrier, prefix + name, value);
      },
    },
    remove(carrier, name) {
      if (!keep) removeHeader(carrier, (prefix + name).toLowerCase());
    },
  };
}
