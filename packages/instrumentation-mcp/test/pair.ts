import { onTestFinished } from 'vitest';
import { instrument, type McpOptions } from '../src/index.ts';
import { sdks } from './contract/clients.ts';
import type { AnyClient, CallOptions, Sdk } from './contract/sdk.ts';

export interface Pair {
  readonly client: AnyClient;
  readonly server: { connect(transport: unknown): Promise<void>; close(): Promise<void> };
  readonly call: (params: object, options?: CallOptions) => Promise<unknown>;
}

export const sdk1: Sdk = sdks[0] as Sdk;

/** A client and a server in this process, both observed, connected over memory. */
export async function observedPair(sdk: Sdk, options: McpOptions = {}): Promise<Pair> {
  const client = instrument(sdk.createClient(), options);
  const server = instrument(sdk.createServer(), options);
  const [ours, theirs] = sdk.memory();
  await server.connect(theirs);
  await client.connect(ours);
  onTestFinished(() => client.close());
  return { client, server, call: (params, given) => sdk.callTool(client, params, given) };
}
