import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import type { ChannelOptions, VerifyOptions } from '@grpc/grpc-js';

/** No name of any host, RFC 2606. */
const NAME = 'ip-address.invalid';

/** What TLS to a target needs that is an IP address; nothing for one with a name. */
export interface IpAddressTarget {
  readonly options: ChannelOptions;
  readonly verify: VerifyOptions;
}

/**
 * grpc-js gives the host of a target as the name for the server (SNI). That must not be an address, and Node.js 26 throws
 * for one: the channel gets a name that is none, and the certificate is still checked against the address.
 * @param target as gRPC writes it: `10.0.0.1:4317`, `[::1]:4317`, `collector:4317`
 */
export function ipAddressTarget(target: string): IpAddressTarget {
  const host = target.slice(0, target.lastIndexOf(':')).replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) === 0) return { options: {}, verify: {} };
  return {
    options: { 'grpc.ssl_target_name_override': NAME },
    verify: { checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate) },
  };
}
