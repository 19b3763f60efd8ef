import type * as mcp from '@modelcontextprotocol/server';
import { z } from 'zod';
import { type Caller, cities, greeting, page, tools } from './server-parts.ts';

interface Handed {
  readonly mcpReq: {
    readonly _meta?: object;
    readonly signal: AbortSignal;
    readonly send: (request: object) => Promise<unknown>;
    readonly notify: (notification: object) => Promise<void>;
  };
}

/** What of version 2 of the SDK makes a server. */
export type ServerLibraryV2 = Pick<typeof mcp, 'completable' | 'McpServer'>;

/** The server of the table, with version 2 of the SDK. */
export function createServerV2(library: ServerLibraryV2): mcp.McpServer {
  const server = new library.McpServer(
    { name: 'table', version: '1.0.0' },
    { capabilities: { logging: {}, resources: { subscribe: true } } },
  );
  for (const tool of tools) {
    const { name, run, inputSchema, outputSchema } = tool;
    const config = {
      ...(inputSchema !== undefined && { inputSchema: z.object(inputSchema) }),
      ...(outputSchema !== undefined && { outputSchema: z.object(outputSchema) }),
    };
    server.registerTool(
      name,
      config as never,
      (async (...handed: [unknown, Handed] | [Handed]) => {
        const context = handed.at(-1) as Handed;
        const { mcpReq } = context;
        const caller: Caller = {
          handed: mcpReq,
          meta: mcpReq._meta,
          signal: mcpReq.signal,
          ask: (method, params) => mcpReq.send({ method, params }),
          notify: (method, params) => mcpReq.notify({ method, params }),
        };
        return run(handed.length === 2 ? (handed[0] as never) : {}, caller);
      }) as never,
    );
  }
  server.registerResource('page', 'file:///page.md', {}, () => page);
  server.registerPrompt(
    'greeting',
    { argsSchema: z.object({ city: library.completable(z.string(), cities) }) } as never,
    greeting as never,
  );
  server.server.setRequestHandler('resources/subscribe', () => ({}));
  server.server.setRequestHandler('resources/unsubscribe', () => ({}));
  return server;
}
