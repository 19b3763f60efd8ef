import {
  Client as Client2,
  InMemoryTransport as InMemoryTransport2,
} from '@modelcontextprotocol/client';
import * as http2 from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioClientTransport2 } from '@modelcontextprotocol/client/stdio';
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioClientTransport1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as HttpTransport1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { InMemoryTransport as InMemoryTransport1 } from '@modelcontextprotocol/sdk/inMemory.js';
import { StreamableHTTPServerTransport as HttpServerTransport1 } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { NodeStreamableHTTPServerTransport as HttpServerTransport2 } from '@modelcontextprotocol/node';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServerV1 } from './server-v1.ts';
import { createServerV2 } from './server-v2.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeout?: number;
  readonly onprogress?: (progress: unknown) => void;
}

/** What the table does with a client, as far as both versions of the SDK are alike. */
export interface AnyClient {
  connect(transport: unknown): Promise<void>;
  close(): Promise<void>;
  ping(): Promise<unknown>;
  listTools(): Promise<unknown>;
  listResources(): Promise<unknown>;
  readResource(params: { uri: string }): Promise<unknown>;
  subscribeResource(params: { uri: string }): Promise<unknown>;
  unsubscribeResource(params: { uri: string }): Promise<unknown>;
  listPrompts(): Promise<unknown>;
  getPrompt(params: object): Promise<unknown>;
  complete(params: object): Promise<unknown>;
  setLoggingLevel(level: string): Promise<unknown>;
}

export interface ServerTransport {
  handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** A version of the SDK. */
export interface Sdk {
  readonly name: string;
  readonly version: 1 | 2;
  readonly createClient: () => AnyClient;
  readonly callTool: (client: AnyClient, params: object, options?: CallOptions) => Promise<unknown>;
  readonly createServer: () => {
    connect(transport: unknown): Promise<void>;
    close(): Promise<void>;
  };
  readonly memory: () => readonly [unknown, unknown];
  readonly stdio: (command: {
    command: string;
    args: string[];
    env: Record<string, string>;
  }) => unknown;
  readonly http: (url: URL) => unknown;
  readonly httpServer: (sessionIdGenerator: () => string) => ServerTransport;
}

const info = { name: 'table', version: '1.0.0' };
const capabilities = { sampling: {}, elicitation: {}, roots: { listChanged: true } };
const sampled = {
  model: 'm',
  role: 'assistant' as const,
  content: { type: 'text' as const, text: 'that' },
};
const elicited = { action: 'accept' as const, content: { size: 'small' } };
const roots = { roots: [{ uri: 'file:///here' }] };

export const sdks: readonly Sdk[] = [
  {
    name: 'SDK 1',
    version: 1,
    createClient() {
      const client = new Client1(info, { capabilities });
      client.setRequestHandler(CreateMessageRequestSchema, () => sampled);
      client.setRequestHandler(ElicitRequestSchema, () => elicited);
      client.setRequestHandler(ListRootsRequestSchema, () => roots);
      return client;
    },
    callTool: (client, params, options) =>
      (client as unknown as Client1).callTool(params as never, undefined, options),
    createServer: () => createServerV1(),
    memory: () => InMemoryTransport1.createLinkedPair(),
    stdio: (command) => new StdioClientTransport1({ ...command, stderr: 'inherit' }),
    http: (url) => new HttpTransport1(url),
    httpServer: (sessionIdGenerator) => new HttpServerTransport1({ sessionIdGenerator }),
  },
  {
    name: 'SDK 2',
    version: 2,
    createClient() {
      const client = new Client2(info, { capabilities });
      client.setRequestHandler('sampling/createMessage', () => sampled);
      client.setRequestHandler('elicitation/create', () => elicited);
      client.setRequestHandler('roots/list', () => roots);
      return client;
    },
    callTool: (client, params, options) =>
      (client as unknown as Client2).callTool(params as never, options),
    createServer: () => createServerV2(),
    memory: () => InMemoryTransport2.createLinkedPair(),
    stdio: (command) => new StdioClientTransport2({ ...command, stderr: 'inherit' }),
    http: (url) => new http2.StreamableHTTPClientTransport(url),
    httpServer: (sessionIdGenerator) => new HttpServerTransport2({ sessionIdGenerator }),
  },
];
