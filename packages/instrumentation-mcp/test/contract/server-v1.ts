import type * as completable from '@modelcontextprotocol/sdk/server/completable.js';
import type * as mcp from '@modelcontextprotocol/sdk/server/mcp.js';
import type * as types from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { type Caller, cities, greeting, page, tools } from './server-parts.ts';

/** What of version 1 of the SDK makes a server. */
export type ServerLibraryV1 = Pick<typeof mcp, 'McpServer'> &
  Pick<typeof completable, 'completable'> &
  Pick<typeof types, 'ResultSchema' | 'SubscribeRequestSchema' | 'UnsubscribeRequestSchema'>;

/** The server of the table, with version 1 of the SDK. */
export function createServerV1(library: ServerLibraryV1): mcp.McpServer {
  const ask = (extra: Record<string, never>, request: object): Promise<unknown> => {
    const send = extra['sendRequest'] as unknown as (
      request: object,
      schema: ServerLibraryV1['ResultSchema'],
    ) => Promise<unknown>;
    return send(request, library.ResultSchema);
  };
  const server = new library.McpServer(
    { name: 'table', version: '1.0.0' },
    { capabilities: { logging: {}, resources: { subscribe: true } } },
  );
  for (const tool of tools) {
    const { name, run, ...config } = tool;
    server.registerTool(
      name,
      config as object,
      (async (...handed: [unknown, object] | [object]) => {
        const extra = handed.at(-1) as Record<string, never>;
        const caller: Caller = {
          handed: extra,
          meta: extra['_meta'],
          signal: extra['signal'] as unknown as AbortSignal,
          ask: (method, params) => ask(extra, { method, params }),
          notify: (method, params) => tell(extra, { method, params }),
        };
        return run(handed.length === 2 ? (handed[0] as never) : {}, caller);
      }) as never,
    );
  }
  server.registerResource('page', 'file:///page.md', {}, () => page);
  server.registerPrompt(
    'greeting',
    { argsSchema: { city: library.completable(z.string(), cities) } },
    greeting,
  );
  server.server.setRequestHandler(library.SubscribeRequestSchema, () => ({}));
  server.server.setRequestHandler(library.UnsubscribeRequestSchema, () => ({}));
  return server;
}

async function tell(extra: Record<string, never>, notification: object): Promise<void> {
  await (extra['sendNotification'] as unknown as (notification: object) => Promise<void>)(
    notification,
  );
}
