import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { completable } from '@modelcontextprotocol/sdk/server/completable.js';
import {
  ResultSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { type Caller, cities, greeting, page, tools } from './server-parts.ts';

/** The server of the table, with version 1 of the SDK. */
export function createServerV1(): McpServer {
  const server = new McpServer(
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
    { argsSchema: { city: completable(z.string(), cities) } },
    greeting,
  );
  server.server.setRequestHandler(SubscribeRequestSchema, () => ({}));
  server.server.setRequestHandler(UnsubscribeRequestSchema, () => ({}));
  return server;
}

async function ask(extra: Record<string, never>, request: object): Promise<unknown> {
  const send = extra['sendRequest'] as unknown as (
    request: object,
    schema: typeof ResultSchema,
  ) => Promise<unknown>;
  return send(request, ResultSchema);
}

async function tell(extra: Record<string, never>, notification: object): Promise<void> {
  await (extra['sendNotification'] as unknown as (notification: object) => Promise<void>)(
    notification,
  );
}
