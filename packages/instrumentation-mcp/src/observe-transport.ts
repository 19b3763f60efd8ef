import { context } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { overrideMember } from '@llm-otel/llm-conventions/client';
import type { Exchange } from './exchange.ts';
import type { OpenCall } from './open-calls.ts';
import { isAnswer, isMethodMessage, type Transport } from './protocol-shape.ts';
import { type ListenerOptions, transportListener } from './transport-listener.ts';

export interface TransportOptions extends ListenerOptions {
  /** A request goes out: whoever waits for it may want to know. */
  readonly onRequest: (open: OpenCall) => void;
  /** It has been started, so its listeners are there already. */
  readonly started: boolean;
}

const failures = new FailureLog();
const OBSERVED = Symbol.for('llm-otel.instrumentation-mcp');

/**
 * Watches what goes through a transport. Messages are handed on in the same turn and order, results and errors are those
 * of the transport. What cannot be watched passes as if nobody did. A transport that is watched already stays as it is.
 */
export function observeTransport(transport: Transport, options: TransportOptions): void {
  if (Object.hasOwn(transport, OBSERVED) || !overrideMember(transport, OBSERVED, true)) return;
  const send = transport.send.bind(transport);
  const start = transport.start.bind(transport);
  const listen = transportListener(transport, options);
  overrideMember(transport, 'start', () => {
    listen();
    return start();
  });
  overrideMember(transport, 'send', (message: unknown, ...rest: [options?: unknown]) => {
    // Whoever starts a transport on behalf of others may have put listeners of its own there meanwhile.
    listen();
    const sending = failures.guard('observing what an MCP transport sends', () =>
      startSending(message, options),
    );
    if (sending === undefined) return send(message, ...rest);
    const { open, ends } = sending;
    return watched(
      context.with(open.call.context, () => send(sending.message, ...rest)),
      open,
      ends,
    );
  });
  if (options.started) listen();
  droppedTransports()?.register(transport, options.exchange);
}

interface Sending {
  readonly open: OpenCall;
  readonly message: unknown;
  /** Whether the call is over once the message is on its way. A request waits for its answer. */
  readonly ends: boolean;
}

function startSending(message: unknown, options: TransportOptions): Sending | undefined {
  const { exchange, onRequest, notifications, enabled } = options;
  if (!enabled()) return undefined;
  if (isMethodMessage(message)) {
    const isRequest = message.id !== undefined;
    if (!isRequest && !notifications) return undefined;
    const started = exchange.startSending(message);
    if (isRequest) onRequest(started.open);
    return { ...started, ends: !isRequest };
  }
  const open = isAnswer(message) ? exchange.answering(message) : undefined;
  return open === undefined ? undefined : { open, message, ends: true };
}

/** The promise of `send`, which fails the call where it fails. */
function watched(sent: Promise<void>, open: OpenCall, ends: boolean): Promise<void> {
  const { call } = open;
  if (!(sent instanceof Promise)) {
    if (ends) call.end();
    return sent;
  }
  return sent.then(
    (nothing) => {
      if (ends) call.end();
      return nothing;
    },
    (error: unknown) => {
      open.forget();
      call.fail(error);
      throw error;
    },
  );
}

let registry: FinalizationRegistry<Exchange> | undefined;

/** Not in every edge runtime. There, the spans of a connection that is dropped without being closed stay open. */
function droppedTransports(): FinalizationRegistry<Exchange> | undefined {
  if (typeof FinalizationRegistry === 'undefined') return undefined;
  return (registry ??= new FinalizationRegistry((exchange) => exchange.closed()));
}
