/**
 * What is used of the official MCP SDK, in its versions 1 (`@modelcontextprotocol/sdk`) and 2
 * (`@modelcontextprotocol/client`, `/server`). Structural, so that none of them is loaded here. Messages are seen where
 * they enter and leave the transport, which is a public interface and the same in both versions.
 */
export interface Transport {
  start: () => Promise<void>;
  send: (message: unknown, options?: unknown) => Promise<void>;
  onmessage?: ((message: unknown, extra?: unknown) => void) | undefined;
  onclose?: (() => void) | undefined;
}

/** A `Client` or `Server`. */
export interface Endpoint {
  connect: (transport: unknown, ...options: unknown[]) => Promise<void>;
  readonly transport?: unknown;
}

/** A request where it has an `id`, a notification where not. */
export interface OutgoingMessage {
  readonly method: string;
  readonly id?: string | number;
  readonly params?: object;
}

export type Side = 'client' | 'server';

export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function hasFunctions(value: unknown, names: readonly string[]): boolean {
  return isObject(value) && names.every((name) => typeof Reflect.get(value, name) === 'function');
}

export function isTransport(value: unknown): value is Transport {
  return hasFunctions(value, ['start', 'send']);
}

/** The two sides of the protocol; `McpServer` has its `Server` in it. */
export function endpointOf(value: unknown): Endpoint | undefined {
  if (!isObject(value)) return undefined;
  const inner: unknown = Reflect.get(value, 'server');
  const endpoint = hasFunctions(inner, ['connect', 'request']) ? inner : value;
  return hasFunctions(endpoint, ['connect', 'request']) ? (endpoint as Endpoint) : undefined;
}

/** Only a client can call tools. */
export function sideOf(endpoint: Endpoint): Side {
  return hasFunctions(endpoint, ['callTool']) ? 'client' : 'server';
}

export function isMethodMessage(message: unknown): message is OutgoingMessage {
  return isObject(message) && 'method' in message && typeof message.method === 'string';
}

/** An answer, good or bad, to the request of this id. */
export function isAnswer(message: unknown): message is { readonly id: string | number } {
  return isObject(message) && 'id' in message && ('result' in message || 'error' in message);
}
