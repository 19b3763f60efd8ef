import type { GenAiProviderName } from '../generated/attribute-types.ts';
import { Remembered } from '../remembered.ts';
import { type ServerAddress, serverAddressOf } from './server-address.ts';

/** Who answers a client, and where. */
export interface ModelServer extends ServerAddress {
  readonly provider: GenAiProviderName;
}

/** Providers by a domain, with all hosts in it, or by how the names of their hosts end: then it begins with a dot or a dash. */
export type ProviderHosts = readonly (readonly [string, GenAiProviderName])[];

/**
 * Tells who answers at a base URL. A server that nobody knows, such as a proxy or a local model, counts as `otherwise`: the
 * one whose API it speaks.
 */
export function modelServers(
  hosts: ProviderHosts,
  otherwise: GenAiProviderName,
): (baseURL: unknown) => ModelServer {
  const servers = new Remembered<ModelServer>();
  const nowhere: ModelServer = { provider: otherwise };
  return (baseURL) => {
    if (typeof baseURL !== 'string') return nowhere;
    const known = servers.get(baseURL);
    if (known !== undefined) return known;
    const address = serverAddressOf(baseURL);
    const server = {
      provider: providerAt(address.serverAddress ?? '', hosts) ?? otherwise,
      ...address,
    };
    servers.set(baseURL, server);
    return server;
  };
}

function providerAt(host: string, hosts: ProviderHosts): GenAiProviderName | undefined {
  return hosts.find(([end]) =>
    /^[.-]/.test(end) ? host.endsWith(end) : host === end || host.endsWith(`.${end}`),
  )?.[1];
}
