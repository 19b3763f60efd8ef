import type { GenAi } from '@llm-otel/llm-conventions';
import { overrideMember } from '@llm-otel/llm-conventions/client';
import { awaitRequests } from './await-requests.ts';
import { Exchange } from './exchange.ts';
import { observeTransport } from './observe-transport.ts';
import { type Endpoint, isTransport, sideOf } from './protocol-shape.ts';

export interface EndpointOptions {
  readonly genAi: GenAi;
  readonly notifications: boolean;
  readonly enabled: () => boolean;
}

/** To be called with the transport of each connection, before it is made. */
export type ConnectionObserver = (transport: unknown) => void;

const OBSERVER = Symbol.for('llm-otel.instrumentation-mcp.endpoint');

/** What observes the connections of an endpoint that is observed already. */
export function observerOf(endpoint: Endpoint): ConnectionObserver | undefined {
  return Object.hasOwn(endpoint, OBSERVER)
    ? (Reflect.get(endpoint, OBSERVER) as ConnectionObserver)
    : undefined;
}

/** Lets the connections of `endpoint` be observed, and the one that it has. An endpoint that is frozen is left alone. */
export function observeEndpoint(endpoint: Endpoint, options: EndpointOptions): ConnectionObserver {
  const known = observerOf(endpoint);
  if (known !== undefined) return known;
  const side = sideOf(endpoint);
  const onRequest = awaitRequests(endpoint);
  const observe = (transport: unknown, started = false): void => {
    if (!isTransport(transport)) return;
    const exchange = new Exchange(options.genAi, side, transport);
    observeTransport(transport, { ...options, exchange, onRequest, started });
  };
  overrideMember(endpoint, OBSERVER, observe);
  observe(endpoint.transport, true);
  return observe;
}
