import type * as client from '@modelcontextprotocol/client';
import type * as clientStdio from '@modelcontextprotocol/client/stdio';
import type * as node from '@modelcontextprotocol/node';
import { capabilities, elicited, info, roots, sampled, type Sdk } from './sdk.ts';
import { createServerV2, type ServerLibraryV2 } from './server-v2.ts';

/** The packages of version 2, put together. */
export type LibraryV2 = ServerLibraryV2 &
  Pick<typeof client, 'Client' | 'InMemoryTransport' | 'StreamableHTTPClientTransport'> &
  Pick<typeof clientStdio, 'StdioClientTransport'> &
  Pick<typeof node, 'NodeStreamableHTTPServerTransport'>;

export function sdkV2(library: LibraryV2, stdioServer: Sdk['stdioServer']): Sdk {
  return {
    name: 'SDK 2',
    version: 2,
    createClient() {
      const made = new library.Client(info, { capabilities });
      made.setRequestHandler('sampling/createMessage', () => sampled);
      made.setRequestHandler('elicitation/create', () => elicited);
      made.setRequestHandler('roots/list', () => roots);
      return made;
    },
    callTool: (made, params, options) =>
      (made as unknown as client.Client).callTool(params as never, options),
    createServer: () => createServerV2(library),
    memory: () => library.InMemoryTransport.createLinkedPair(),
    stdio: (command) => new library.StdioClientTransport({ ...command, stderr: 'inherit' }),
    stdioServer,
    http: (url) => new library.StreamableHTTPClientTransport(url),
    httpServer: (sessionIdGenerator) =>
      new library.NodeStreamableHTTPServerTransport({ sessionIdGenerator }),
  };
}
