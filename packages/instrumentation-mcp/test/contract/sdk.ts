import type { IncomingMessage, ServerResponse } from 'node:http';

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
  /** The arguments of Node.js for a server on its standard streams; its spans go to `journal`, where it is observed. */
  readonly stdioServer: (journal: string | undefined) => readonly string[];
  readonly http: (url: URL) => unknown;
  readonly httpServer: (sessionIdGenerator: () => string) => ServerTransport;
}

/** What clients of the table have in common. */
export const info = { name: 'table', version: '1.0.0' };
type Empty = Record<string, never>;
export const capabilities: {
  sampling: Empty;
  elicitation: Empty;
  roots: { listChanged: true };
} = {
  sampling: {},
  elicitation: {},
  roots: { listChanged: true },
};
export const sampled = {
  model: 'm',
  role: 'assistant' as const,
  content: { type: 'text' as const, text: 'that' },
};
export const elicited = { action: 'accept' as const, content: { size: 'small' } };
export const roots: { roots: { uri: string }[] } = { roots: [{ uri: 'file:///here' }] };
