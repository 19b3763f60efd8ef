import { type Attributes, type Link, trace } from '@opentelemetry/api';
import { extractMessage } from './messages/extract-message.ts';

/**
 * A link to the context a message was created in, for a consumer that takes several messages at once or whose own
 * trace goes on. The context is found as by `extractMessage`. `undefined` where the message carries no valid context.
 */
export function linkTo(message: unknown, attributes?: Attributes): Link | undefined {
  const context = trace.getSpanContext(extractMessage(message));
  if (context === undefined) return undefined;
  return attributes === undefined ? { context } : { context, attributes };
}

/**
 * A link for each message that carries a valid context, for the `links` of a batch's span. None where there is no list: an
 * event may have no `Records`.
 */
export function linksTo(messages: Iterable<unknown> | null | undefined): Link[] {
  const links: Link[] = [];
  if (typeof (messages as Partial<Iterable<unknown>> | null)?.[Symbol.iterator] !== 'function')
    return links;
  for (const message of messages as Iterable<unknown>) {
    const link = linkTo(message);
    if (link !== undefined) links.push(link);
  }
  return links;
}
