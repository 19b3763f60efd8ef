import { Remembered } from '../remembered.ts';

/** Where a client sends its requests. */
export interface ServerAddress {
  readonly serverAddress?: string | undefined;
  readonly serverPort?: number | undefined;
}

const addresses = new Remembered<ServerAddress>();

/** Host and port of a base URL; nothing where it is none. */
export function serverAddressOf(baseURL: unknown): ServerAddress {
  if (typeof baseURL !== 'string') return {};
  const known = addresses.get(baseURL);
  if (known !== undefined) return known;
  const address = parse(baseURL);
  addresses.set(baseURL, address);
  return address;
}

function parse(baseURL: string): ServerAddress {
  if (!URL.canParse(baseURL)) return {};
  const url = new URL(baseURL);
  return {
    // An IPv6 address stands in brackets in a URL only.
    serverAddress: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    serverPort: url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port),
  };
}
