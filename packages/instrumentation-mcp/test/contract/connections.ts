import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChildServer, type Journal } from './child-server.ts';
import type { AnyClient, Sdk } from './sdk.ts';

export const transports = ['memory', 'stdio', 'http'] as const;
export type TransportName = (typeof transports)[number];

/** `instrument`, or nothing where the bare SDK runs. */
export type Prepare = (<E extends object>(endpoint: E) => E) | undefined;

export interface Connection {
  readonly client: AnyClient;
  /** What a server in a process of its own has recorded. */
  readonly journal: () => Journal;
  readonly close: () => Promise<void>;
}

const NOTHING: Journal = { spans: [], open: 0 };

/** A client that is connected to a server of the table. */
export async function connect(
  sdk: Sdk,
  transport: TransportName,
  prepare: Prepare,
  shared: boolean,
): Promise<Connection> {
  if (transport === 'memory') return overMemory(sdk, prepare);
  if (transport === 'http') return overHttp(sdk, prepare);
  return overStdio(sdk, prepare, shared);
}

function prepared<E extends object>(prepare: Prepare, endpoint: E): E {
  return prepare === undefined ? endpoint : prepare(endpoint);
}

async function overMemory(sdk: Sdk, prepare: Prepare): Promise<Connection> {
  const [ours, theirs] = sdk.memory();
  const client = prepared(prepare, sdk.createClient());
  await prepared(prepare, sdk.createServer()).connect(theirs);
  await client.connect(ours);
  return { client, journal: () => NOTHING, close: () => client.close() };
}

async function overHttp(sdk: Sdk, prepare: Prepare): Promise<Connection> {
  const server = prepared(prepare, sdk.createServer());
  const transport = sdk.httpServer(() => 'session-1');
  await server.connect(transport);
  const listener = createServer((request, response) => {
    void transport.handleRequest(request, response);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const client = prepared(prepare, sdk.createClient());
  await client.connect(sdk.http(new URL(`http://127.0.0.1:${port}/mcp`)));
  return {
    client,
    journal: () => NOTHING,
    async close() {
      await client.close();
      await server.close();
      listener.closeAllConnections();
      listener.close();
    },
  };
}

const children = new Map<string, Promise<ChildServer>>();

/** Starting a process takes longer than a hundred cases, so most of them share one. */
async function overStdio(sdk: Sdk, prepare: Prepare, shared: boolean): Promise<Connection> {
  const start = (): Promise<ChildServer> =>
    ChildServer.start(sdk, prepared(prepare, sdk.createClient()), prepare !== undefined);
  const key = `${sdk.name} ${prepare === undefined ? 'bare' : 'observed'}`;
  if (shared && !children.has(key)) children.set(key, start());
  const child = (await (shared ? children.get(key) : undefined)) ?? (await start());
  if (shared) child.forget();
  return {
    client: child.client,
    journal: () => child.journal(),
    close: async () => (shared ? undefined : child.close()),
  };
}

/** Ends the processes. */
export async function closeChildren(): Promise<void> {
  for (const child of children.values()) await (await child).close();
  children.clear();
}
