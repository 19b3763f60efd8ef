import type { McpTransport } from '@llm-otel/llm-conventions';
import { readMember, readString } from '@llm-otel/llm-conventions/client';
import { isObject, type Transport } from './protocol-shape.ts';

export interface TransportFacts extends McpTransport {
  readonly serverAddress?: string | undefined;
  readonly serverPort?: number | undefined;
}

/** How the messages travel. What is neither standard streams nor HTTP, such as memory, has no attributes for it. */
export function transportFacts(transport: Transport): TransportFacts {
  const url: unknown = readMember(transport, '_url');
  if (isObject(url) && url instanceof URL) return urlFacts(url);
  if (['handleRequest', 'handlePostMessage', 'handleMessage'].some((name) => name in transport))
    return { transport: 'tcp', protocolName: 'http' };
  // The one of a client has the process, the one of a server the two streams.
  if ('stderr' in transport || '_stdin' in transport) return { transport: 'pipe' };
  return {};
}

function urlFacts({ protocol, hostname, port }: URL): TransportFacts {
  const secure = protocol === 'https:' || protocol === 'wss:';
  return {
    transport: 'tcp',
    protocolName: protocol.startsWith('ws') ? 'websocket' : 'http',
    serverAddress: hostname,
    serverPort: port === '' ? (secure ? 443 : 80) : Number(port),
  };
}

/**
 * A header of the HTTP request that a message came in. A server that keeps no sessions learns of version and session
 * only there. SDK 1 hands on an object of headers, SDK 2 the request.
 */
export function headerOf(extra: unknown, name: string): string | undefined {
  const plain = readMember(readMember(extra, 'requestInfo'), 'headers');
  if (plain !== undefined) return readString(plain, name);
  const headers: unknown = readMember(readMember(extra, 'request'), 'headers');
  return headers instanceof Headers ? (headers.get(name) ?? undefined) : undefined;
}
