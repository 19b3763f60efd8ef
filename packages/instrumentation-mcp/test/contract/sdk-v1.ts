import type * as client from '@modelcontextprotocol/sdk/client/index.js';
import type * as clientStdio from '@modelcontextprotocol/sdk/client/stdio.js';
import type * as clientHttp from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type * as memory from '@modelcontextprotocol/sdk/inMemory.js';
import type * as serverHttp from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type * as types from '@modelcontextprotocol/sdk/types.js';
import { capabilities, elicited, info, roots, sampled, type Sdk } from './sdk.ts';
import { createServerV1, type ServerLibraryV1 } from './server-v1.ts';

/** The modules of version 1, put together: imported by the tests, required where rivals patch what is loaded. */
export type LibraryV1 = ServerLibraryV1 &
  Pick<typeof client, 'Client'> &
  Pick<typeof clientStdio, 'StdioClientTransport'> &
  Pick<typeof clientHttp, 'StreamableHTTPClientTransport'> &
  Pick<typeof memory, 'InMemoryTransport'> &
  Pick<typeof serverHttp, 'StreamableHTTPServerTransport'> &
  Pick<
    typeof types,
    'CreateMessageRequestSchema' | 'ElicitRequestSchema' | 'ListRootsRequestSchema'
  >;

export function sdkV1(library: LibraryV1, stdioServer: Sdk['stdioServer']): Sdk {
  return {
    name: 'SDK 1',
    version: 1,
    createClient() {
      const made = new library.Client(info, { capabilities });
      made.setRequestHandler(library.CreateMessageRequestSchema, () => sampled);
      made.setRequestHandler(library.ElicitRequestSchema, () => elicited);
      made.setRequestHandler(library.ListRootsRequestSchema, () => roots);
      return made;
    },
    callTool: (made, params, options) =>
      (made as unknown as client.Client).callTool(params as never, undefined, options),
    createServer: () => createServerV1(library),
    memory: () => library.InMemoryTransport.createLinkedPair(),
    stdio: (command) => new library.StdioClientTransport({ ...command, stderr: 'inherit' }),
    stdioServer,
    http: (url) => new library.StreamableHTTPClientTransport(url),
    httpServer: (sessionIdGenerator) =>
      new library.StreamableHTTPServerTransport({ sessionIdGenerator }),
  };
}
