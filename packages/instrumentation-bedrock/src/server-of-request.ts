import {
  type ModelServer,
  readMember,
  readNumber,
  readString,
} from '@llm-otel/llm-conventions/client';

export type Server = ModelServer;

const NOWHERE: Server = { provider: 'aws.bedrock' };

/** Where the client sends a request: its endpoint, as region, FIPS, dual stack and options have made it. */
export function serverOfRequest(request: unknown): Server {
  const serverAddress = readString(request, 'hostname');
  if (serverAddress === undefined) return NOWHERE;
  const isPlain = readMember(request, 'protocol') === 'http:';
  return {
    provider: 'aws.bedrock',
    // An IPv6 address stands in brackets in a URL only.
    serverAddress: serverAddress.replace(/^\[(.*)\]$/, '$1'),
    serverPort: readNumber(request, 'port') ?? (isPlain ? 80 : 443),
  };
}
