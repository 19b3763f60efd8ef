import { type Context, context, type Link, trace } from '@opentelemetry/api';
import { extractMcp, injectMcp } from '@llm-otel/propagation';
import type { OutgoingMessage } from './protocol-shape.ts';

/** `message` with the context in `params._meta`. What the application handed over is not touched. */
export function withContext<M extends OutgoingMessage>(message: M, inside: Context): M {
  const params = injectMcp(message.params ?? {}, inside);
  return message.params === undefined && !('_meta' in params) ? message : { ...message, params };
}

/**
 * Parent of the span of a message that is sent: the active span. Where there is none, one that the application has put
 * into `_meta` itself.
 */
export function parentOfSent(message: OutgoingMessage): Context {
  const active = context.active();
  return trace.getSpanContext(active) === undefined ? extractMcp(message, active).context : active;
}

/** Parent and links of the span of a message that came in. */
export function parentOfReceived(
  message: OutgoingMessage,
  around: Context,
): { readonly parent: Context; readonly links: Link[] } {
  const { context: parent, links } = extractMcp(message, around);
  const parentId = trace.getSpanContext(parent)?.spanId;
  // Within one process the sender itself is around.
  return { parent, links: links.filter((link) => link.context.spanId !== parentId) };
}

/**
 * What is handed on of a message that came in. The callback for progress is given all of the notification and knows
 * nothing of a context, so there it is taken out again; handlers of requests may read it in `_meta`.
 */
export function withoutContext(message: OutgoingMessage): OutgoingMessage {
  const { method, params } = message;
  if (method !== 'notifications/progress' || params === undefined) return message;
  const { _meta: meta, ...others } = params as { readonly _meta?: object };
  if (meta === undefined) return message;
  const kept = Object.fromEntries(Object.entries(meta).filter(([key]) => !CONTEXT_KEYS.has(key)));
  return {
    ...message,
    params: Object.keys(kept).length === 0 ? others : { ...others, _meta: kept },
  };
}

const CONTEXT_KEYS = new Set(['traceparent', 'tracestate', 'baggage']);
