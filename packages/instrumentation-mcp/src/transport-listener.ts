import { context } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { withoutContext } from './context-in-meta.ts';
import type { Exchange } from './exchange.ts';
import { isAnswer, isMethodMessage, type Transport } from './protocol-shape.ts';

export interface ListenerOptions {
  readonly exchange: Exchange;
  readonly notifications: boolean;
  readonly enabled: () => boolean;
}

const failures = new FailureLog();

/** Stands between the transport and its listeners; again, where they were set anew since. */
export function transportListener(transport: Transport, options: ListenerOptions): () => void {
  let onmessage: Transport['onmessage'];
  let onclose: Transport['onclose'];
  let receiving: unknown;
  return () => {
    if (transport.onmessage !== undefined && transport.onmessage !== onmessage) {
      const deliver = transport.onmessage;
      onmessage = (message, ...rest) => {
        // A listener that was set anew hands on to the one before it, which is watched as well.
        if (receiving === message) {
          deliver.call(transport, message, ...rest);
          return;
        }
        const outer = receiving;
        try {
          receive(message, rest[0], options, (received) => {
            receiving = received;
            deliver.call(transport, received, ...rest);
          });
        } finally {
          receiving = outer;
        }
      };
      Object.assign(transport, { onmessage });
    }
    if (transport.onclose !== undefined && transport.onclose !== onclose) {
      const close = transport.onclose;
      onclose = () => {
        try {
          close.call(transport);
        } finally {
          failures.guard('closing an observed MCP connection', () => options.exchange.closed());
        }
      };
      Object.assign(transport, { onclose });
    }
  };
}

function receive(
  message: unknown,
  extra: unknown,
  { exchange, notifications, enabled }: ListenerOptions,
  deliver: (message: unknown) => void,
): void {
  const open = failures.guard('observing what an MCP transport receives', () => {
    if (!enabled()) return undefined;
    if (isAnswer(message)) exchange.answered(message);
    if (!isMethodMessage(message) || (message.id === undefined && !notifications)) return undefined;
    return exchange.startReceiving(message, extra);
  });
  try {
    if (open === undefined || !isMethodMessage(message)) deliver(message);
    else context.with(open.call.context, deliver, undefined, withoutContext(message));
  } finally {
    if (isMethodMessage(message) && message.id === undefined) {
      open?.call.end();
      failures.guard('observing a cancelled MCP request', () => exchange.requestTakenBack(message));
    }
  }
}
