import { type Context, ROOT_CONTEXT, type TextMapPropagator } from '@opentelemetry/api';
import { currentPropagator } from '../current-propagator.ts';
import { extractHeaders } from '../headers.ts';
import { neverThrowing } from '../never-throwing.ts';
import { extractBinaryEvent } from './cloud-event.ts';
import { messageAttributeGetter } from './message-attributes.ts';
import { headersOfMessage, isObject } from './message-headers.ts';

// SQS and SNS as sent and received, and as an event of Lambda.
const ATTRIBUTE_MEMBERS = ['MessageAttributes', 'messageAttributes'] as const;

/**
 * The context a message was sent in, wherever its client keeps headers: `headers` (Kafka, NATS, an HTTP request),
 * `properties.headers` (RabbitMQ), `MessageAttributes` (SQS, SNS, their events in Lambda), `applicationProperties`
 * (Service Bus, AMQP 1.0), `attributes` (Pub/Sub), or members of the message itself (an envelope, a CloudEvent). Where
 * none of them has one, the context that a CloudEvent in binary mode was created in counts (`ce_traceparent`).
 * Returns `context` as it is where there is none that is valid, whatever `message` is.
 * @param context - the root context where left out, so that such a message starts a trace of its own
 * @param propagator - as in `extractHeaders`
 */
export function extractMessage(
  message: unknown,
  context: Context = ROOT_CONTEXT,
  propagator: TextMapPropagator = currentPropagator(),
): Context {
  return READING.extract(context, { message, propagator }, NO_GETTER);
}

interface Reading {
  readonly message: unknown;
  readonly propagator: TextMapPropagator;
}

// A message may have members that throw: the wrapper keeps that away as it does for carriers.
const READING = neverThrowing({
  inject: () => undefined,
  extract(context, reading) {
    const { message, propagator } = reading as Reading;
    if (!isObject(message)) return context;
    for (const headers of headersOfMessage(message)) {
      const found = extractHeaders(headers, context, propagator);
      if (found !== context) return found;
    }
    for (const member of ATTRIBUTE_MEMBERS) {
      const attributes = message[member];
      if (!isObject(attributes)) continue;
      const found = propagator.extract(context, attributes, messageAttributeGetter);
      if (found !== context) return found;
    }
    const found = extractHeaders(message, context, propagator);
    return found === context ? extractBinaryEvent(message, context) : found;
  },
  fields: () => [],
});
const NO_GETTER = { get: () => undefined, keys: () => [] };
