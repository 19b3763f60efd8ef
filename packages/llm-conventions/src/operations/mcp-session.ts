import { type Attributes, type Context, context } from '@opentelemetry/api';
import {
  METRIC_MCP_CLIENT_SESSION_DURATION,
  METRIC_MCP_SERVER_SESSION_DURATION,
} from '../generated/metrics.ts';
import type { Ending } from '../run-inside.ts';
import { setServer } from './client-attributes.ts';
import { transportAttributes } from './mcp-attributes.ts';
import type { McpTransport } from './mcp-request.ts';
import { MeasuredTime } from './measured-time.ts';
import type { OperationEnvironment, ServiceRequest } from './operation-request.ts';

export interface McpSessionRequest extends McpTransport, ServiceRequest {
  /** Which side of the session this is. The address of the server is recorded by the client only. */
  readonly side: 'client' | 'server';
  /** @defaultValue the active context */
  readonly parent?: Context | undefined;
}

/** A session of MCP, from `initialize` to its end. It has a duration and no span: sessions outlive traces. */
export type McpSession = Ending;

export function startMcpSession(
  request: McpSessionRequest,
  environment: OperationEnvironment,
): McpSession {
  const attributes: Attributes = transportAttributes(request);
  if (request.side === 'client') setServer(attributes, request);
  return new MeasuredTime(
    request.side === 'client'
      ? METRIC_MCP_CLIENT_SESSION_DURATION
      : METRIC_MCP_SERVER_SESSION_DURATION,
    attributes,
    request.parent ?? context.active(),
    environment,
  );
}
