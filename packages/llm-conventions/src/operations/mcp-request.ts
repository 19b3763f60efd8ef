import type { Span } from '@opentelemetry/api';
import type { CustomValue } from '../custom-value.ts';
import type { McpMethodNameValue, NetworkTransportValue } from '../generated/attribute-types.ts';
import type { OperationRequest, ServiceRequest } from './operation-request.ts';

/** How the messages of MCP travel. */
export interface McpTransport {
  /** `pipe` for stdio, `tcp` or `quic` for HTTP. Any other goes through `customValue`. */
  readonly transport?: NetworkTransportValue | CustomValue | undefined;
  /** `http` or `websocket`. */
  readonly protocolName?: string | undefined;
  readonly protocolVersion?: string | undefined;
  /** Recorded unless '2.0'. */
  readonly jsonRpcVersion?: string | undefined;
  /** Version of MCP, such as `2026-07-28`. */
  readonly mcpVersion?: string | undefined;
}

export interface McpRequest<S extends 'mcp.client' | 'mcp.server'>
  extends OperationRequest<S>, McpTransport {
  /** `tools/call`, `prompts/get`, `resources/read` … One of your own, or one that was read, goes through `customValue`. */
  readonly method: McpMethodNameValue | CustomValue;
  /** The tool that is called, for methods about one. */
  readonly toolName?: string | undefined;
  /** The prompt that is asked for, for methods about one. */
  readonly promptName?: string | undefined;
  readonly resourceUri?: string | undefined;
  /** Id of the JSON-RPC request; a notification has none. */
  readonly requestId?: string | number | undefined;
  readonly sessionId?: string | undefined;
  /** Of a tool call or prompt. Recorded only where content is on. */
  readonly arguments?: unknown;
}

/** A request or notification that this side sends. */
export interface McpClientRequest extends McpRequest<'mcp.client'>, ServiceRequest {
  /**
   * An open `execute_tool` span that is about this very call. What MCP knows about the call goes on it and there is no
   * second span, as the conventions ask; whoever started that span ends it.
   */
  readonly toolSpan?: Span | undefined;
}

/** A request or notification that this side received. Give the context of its `_meta` as `parent`. */
export interface McpServerRequest extends McpRequest<'mcp.server'> {
  readonly clientAddress?: string | undefined;
  readonly clientPort?: number | undefined;
}

/** How the other side answered. */
export interface McpResponse {
  /** Version that `initialize` agreed on. */
  readonly mcpVersion?: string | undefined;
  /** Id of a session that began with this answer. */
  readonly sessionId?: string | undefined;
  /** Code of a JSON-RPC error. */
  readonly errorCode?: number | undefined;
  readonly errorMessage?: string | undefined;
  /** The tool ran and failed. @defaultValue `isError` of `result` */
  readonly isError?: boolean | undefined;
  /** Result of a tool. Recorded only where content is on. */
  readonly result?: unknown;
}
