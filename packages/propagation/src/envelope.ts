import {
  context as contextApi,
  type Context,
  ROOT_CONTEXT,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { copyOf } from './copy-of.ts';
import { currentPropagator } from './current-propagator.ts';
import { extractHeaders, injectHeaders } from './headers.ts';
import { writesTrace } from './inject-alone.ts';
import { passOn } from './pass-on.ts';

/**
 * The context of a message, as members beside its own: names as in the CloudEvents extension for distributed
 * tracing, and `baggage`. All of it, not only the trace id, so that a consumer can become a child or link.
 */
export interface ContextEnvelope {
  readonly traceparent?: string;
  readonly tracestate?: string;
  readonly baggage?: string;
}

/**
 * A copy of `message` that carries the context of its creation, for a queue, an outbox row or an event. Members of
 * the same names are replaced, and taken out where this context has none; without a valid context they stay as they are.
 * What is no object with members (`null`, a text, a list, bytes) comes back as it is, and is logged once.
 * @param context - the active context where left out
 * @param propagator - as in `injectHeaders`
 */
export function injectEnvelope<Message extends object>(
  message: Message,
  context: Context = contextApi.active(),
  propagator: TextMapPropagator = currentPropagator(),
): Message & ContextEnvelope {
  return passOn(message, () => {
    const envelope: ContextEnvelope = {};
    injectHeaders(envelope, context, propagator);
    const copy = copyOf(message, envelope);
    if (writesTrace(Object.keys(envelope))) {
      for (const field of propagator.fields()) {
        if (!Object.hasOwn(envelope, field)) delete (copy as Record<string, unknown>)[field];
      }
    }
    return copy;
  });
}

/**
 * The context a message was created in, to start its consumer's span as a child of it. Returns `context` as it is
 * where the message carries none that is valid, whatever `message` is.
 * @param context - the root context where left out, so that such a message starts a trace of its own
 */
export function extractEnvelope(
  message: unknown,
  context: Context = ROOT_CONTEXT,
  propagator?: TextMapPropagator,
): Context {
  return typeof message === 'object' && message !== null
    ? extractHeaders(message, context, propagator)
    : context;
}
