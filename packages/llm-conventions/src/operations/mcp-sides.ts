import { type Attributes, type Span, SpanKind } from '@opentelemetry/api';
import { ATTR_CLIENT_ADDRESS, ATTR_CLIENT_PORT } from '../generated/attributes.ts';
import {
  METRIC_MCP_CLIENT_OPERATION_DURATION,
  METRIC_MCP_SERVER_OPERATION_DURATION,
} from '../generated/metrics.ts';
import { setServer } from './client-attributes.ts';
import { borrowSpan } from './borrow-span.ts';
import { SpanMcpCall } from './mcp-call.ts';
import type { McpClientRequest, McpServerRequest } from './mcp-request.ts';
import type { OperationEnvironment } from './operation-request.ts';

/** The side that sends. A server that asks for a sample is one too. */
export function startMcpClient(
  request: McpClientRequest,
  environment: OperationEnvironment,
): SpanMcpCall<'mcp.client'> {
  const shared: Attributes = {};
  setServer(shared, request);
  return new SpanMcpCall(
    request,
    {
      type: 'mcp.client',
      kind: SpanKind.CLIENT,
      metric: METRIC_MCP_CLIENT_OPERATION_DURATION,
      shared,
    },
    request.toolSpan === undefined ? environment : inSpan(request.toolSpan, environment),
  );
}

/** The side that receives. */
export function startMcpServer(
  request: McpServerRequest,
  environment: OperationEnvironment,
): SpanMcpCall<'mcp.server'> {
  const call = new SpanMcpCall(
    request,
    { type: 'mcp.server', kind: SpanKind.SERVER, metric: METRIC_MCP_SERVER_OPERATION_DURATION },
    environment,
  );
  call.set(ATTR_CLIENT_ADDRESS, request.clientAddress);
  if (request.clientAddress !== undefined) call.set(ATTR_CLIENT_PORT, request.clientPort);
  return call;
}

/** The same environment, where "starting a span" gives `span`. */
function inSpan(span: Span, environment: OperationEnvironment): OperationEnvironment {
  const { signals } = environment;
  return { ...environment, signals: { ...signals, tracer: borrowSpan(span, signals.tracer) } };
}
