import { join } from 'node:path';
import * as client2 from '@modelcontextprotocol/client';
import * as clientStdio2 from '@modelcontextprotocol/client/stdio';
import * as node2 from '@modelcontextprotocol/node';
import * as client1 from '@modelcontextprotocol/sdk/client/index.js';
import * as clientStdio1 from '@modelcontextprotocol/sdk/client/stdio.js';
import * as clientHttp1 from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as memory1 from '@modelcontextprotocol/sdk/inMemory.js';
import * as completable1 from '@modelcontextprotocol/sdk/server/completable.js';
import * as server1 from '@modelcontextprotocol/sdk/server/mcp.js';
import * as serverHttp1 from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import * as types1 from '@modelcontextprotocol/sdk/types.js';
import * as server2 from '@modelcontextprotocol/server';
import type { Sdk } from './sdk.ts';
import { sdkV1 } from './sdk-v1.ts';
import { sdkV2 } from './sdk-v2.ts';

const library1 = {
  ...types1,
  ...memory1,
  ...client1,
  ...clientStdio1,
  ...clientHttp1,
  ...completable1,
  ...server1,
  ...serverHttp1,
};
const library2 = { ...server2, ...client2, ...clientStdio2, ...node2 };

function stdioServer(version: 1 | 2): Sdk['stdioServer'] {
  const fixture = join(import.meta.dirname, '..', 'fixtures', `stdio-server-v${version}.ts`);
  return (journal) => (journal === undefined ? [fixture] : [fixture, journal]);
}

/** Both versions, imported. */
export const sdks: readonly Sdk[] = [
  sdkV1(library1, stdioServer(1)),
  sdkV2(library2, stdioServer(2)),
];
