import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROMPT_NAME,
  ATTR_GEN_AI_TOOL_NAME,
  ATTR_JSONRPC_PROTOCOL_VERSION,
  ATTR_MCP_METHOD_NAME,
  ATTR_MCP_PROTOCOL_VERSION,
  ATTR_NETWORK_PROTOCOL_NAME,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_NETWORK_TRANSPORT,
} from '../generated/attributes.ts';
import {
  GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
  MCP_METHOD_NAME_VALUE_TOOLS_CALL,
} from '../generated/values.ts';
import type { McpRequest, McpTransport } from './mcp-request.ts';

/** What sessions and requests say about the way messages travel. */
export function transportAttributes(transport: McpTransport): Attributes {
  const attributes: Attributes = {};
  const set = (name: string, value: string | undefined): void => {
    if (value !== undefined) attributes[name] = value;
  };
  set(ATTR_NETWORK_TRANSPORT, transport.transport);
  set(ATTR_NETWORK_PROTOCOL_NAME, transport.protocolName);
  set(ATTR_NETWORK_PROTOCOL_VERSION, transport.protocolVersion);
  set(ATTR_MCP_PROTOCOL_VERSION, transport.mcpVersion);
  // Absent means the usual one.
  if (transport.jsonRpcVersion !== '2.0')
    set(ATTR_JSONRPC_PROTOCOL_VERSION, transport.jsonRpcVersion);
  return attributes;
}

/** The attributes that the start of the span and the duration metric share. */
export function mcpAttributes(request: McpRequest<'mcp.client' | 'mcp.server'>): Attributes {
  const { method, toolName, promptName } = request;
  const attributes = transportAttributes(request);
  attributes[ATTR_MCP_METHOD_NAME] = method;
  if (method === MCP_METHOD_NAME_VALUE_TOOLS_CALL)
    attributes[ATTR_GEN_AI_OPERATION_NAME] = GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL;
  if (toolName !== undefined) attributes[ATTR_GEN_AI_TOOL_NAME] = toolName;
  if (promptName !== undefined) attributes[ATTR_GEN_AI_PROMPT_NAME] = promptName;
  return attributes;
}
