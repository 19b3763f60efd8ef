import { context as contextApi, type Context, type TextMapPropagator } from '@opentelemetry/api';
import { headerSetter, isHeadersLike, removeHeader } from '../carriers.ts';
import { FailureLog } from '@llm-otel/core';
import { copyOf } from '../copy-of.ts';
import { currentPropagator } from '../current-propagator.ts';
import { injectAlone } from '../inject-alone.ts';
import { passOn } from '../pass-on.ts';
import { messageAttributeSetter, removeMessageAttribute } from './message-attributes.ts';
import { HEADERS_OF_SYSTEM, type MessageSystem } from './message-system.ts';

const failures = new FailureLog();

/**
 * A copy of `message` whose headers carry the context, where and as `system` wants them: `headers` of a message in
 * Kafka or of the publish options in RabbitMQ, `MessageAttributes` of SQS and SNS (never more than the ten that SQS
 * takes), `applicationProperties` of Service Bus, `attributes` of Pub/Sub. A system of another name, or what is no message,
 * is logged once, and goes on as it is. Headers that are there stay; those of the
 * same names are replaced, and those of the context a message came with are taken out. For NATS and gRPC pass their `MsgHdrs` or `Metadata` to `injectHeaders`.
 * @param context - the active context where left out
 * @param propagator - as in `injectHeaders`
 */
export function injectMessage<Message extends object>(
  system: MessageSystem,
  message: Message,
  context: Context = contextApi.active(),
  propagator: TextMapPropagator = currentPropagator(),
): Message {
  return passOn(message, () => {
    const place = Object.hasOwn(HEADERS_OF_SYSTEM, system) ? HEADERS_OF_SYSTEM[system] : undefined;
    if (place === undefined) {
      const known = Object.keys(HEADERS_OF_SYSTEM).join(', ');
      failures.report(
        'injecting the context',
        `unknown system ${JSON.stringify(system)}: use one of ${known}`,
      );
      return copyOf(message);
    }
    const present = (message as Record<string, object | undefined>)[place];
    // The headers of a library have methods that a copy would lose.
    const headers = isHeadersLike(present ?? {})
      ? (present as object)
      : Array.isArray(present)
        ? [...(present as unknown[])]
        : { ...present };
    if (place === 'MessageAttributes') {
      injectAlone(propagator, context, headers, messageAttributeSetter, removeMessageAttribute);
    } else injectAlone(propagator, context, headers, headerSetter, removeHeader);
    // A message without a context stays without a member for it.
    return present === undefined && Object.keys(headers).length === 0
      ? copyOf(message)
      : copyOf(message, { [place]: headers });
  });
}
