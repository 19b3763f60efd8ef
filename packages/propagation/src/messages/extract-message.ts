import { type Context, ROOT_CONTEXT, type TextMapPropagator } from '@opentelemetry/api';
import { currentPropagator } from '../current-propagator.ts';
import { extractHeaders } from '../headers.ts';
import { neverThrowing } from '../never-throwing.ts';
import { extractBinaryEvent } from './cloud-event.ts';
import { messageAttributeGetter } from './message-attributes.ts';
import { headersOfMessage, isObject } from './message-headers.ts';
import { packedIn } from './packed-messages.ts';

// SQS and SNS as sent and received, and as an event of Lambda.
const ATTRIBUTE_MEMBERS = ['MessageAttributes', 'messageAttributes'] as const;

/**
 * The context a message was sent in, wherever its client keeps headers: `headers` (Kafka, NATS, an HTTP request),
 * `properties.headers` (RabbitMQ), `MessageAttributes` (SQS, SNS, their events in Lambda), `applicationProperties`
 * (Service Bus, AMQP 1.0), `attributes` (Pub/Sub), or members of the message itself (an envelope, a CloudEvent). Where
 * none of them has one, the context that a CloudEvent in binary mode was created in counts (`ce_traceparent`), and then
 * that of what a service of AWS has packed into the message: records of SNS, Kinesis and DynamoDB streams in Lambda, a
 * notification of SNS or an event of EventBridge as the body of SQS, the detail of such an event.
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
    return extractFrom(message, context, propagator, MAX_PACKINGS);
  },
  fields: () => [],
});

// An event of EventBridge in a notification of SNS in a message of SQS, and its detail.
const MAX_PACKINGS = 4;

function extractFrom(
  message: unknown,
  context: Context,
  propagator: TextMapPropagator,
  packings: number,
): Context {
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
  const ofMembers = extractHeaders(message, context, propagator);
  if (ofMembers !== context) return ofMembers;
  const ofEvent = extractBinaryEvent(message, context);
  if (ofEvent !== context || packings === 0) return ofEvent;
  for (const packed of packedIn(message, propagator.fields())) {
    const found = extractFrom(packed, context, propagator, packings - 1);
    if (found !== context) return found;
  }
  return context;
}
const NO_GETTER = { get: () => undefined, keys: () => [] };
