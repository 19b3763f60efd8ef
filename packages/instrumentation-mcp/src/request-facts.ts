import { customValue, type McpRequest } from '@llm-otel/llm-conventions';
import { readMember, readString } from '@llm-otel/llm-conventions/client';
import type { OutgoingMessage } from './protocol-shape.ts';

export type RequestFacts = Pick<
  McpRequest<'mcp.client' | 'mcp.server'>,
  | 'method'
  | 'toolName'
  | 'promptName'
  | 'resourceUri'
  | 'requestId'
  | 'arguments'
  | 'jsonRpcVersion'
  | 'mcpVersion'
>;

/** Names come from the other side and become names of spans. */
const LONGEST_NAME = 256;

/** What a request or notification says about itself. */
export function requestFacts(message: OutgoingMessage): RequestFacts {
  const { method, id, params } = message;
  const facts = {
    method: customValue(short(method)) as RequestFacts['method'],
    requestId: id,
    jsonRpcVersion: readString(message, 'jsonrpc'),
    // Since 2026-07-28 each request says it.
    mcpVersion: readString(readMember(params, '_meta'), 'io.modelcontextprotocol/protocolVersion'),
  };
  const name = short(readString(params, 'name'));
  switch (method) {
    case 'tools/call':
      return { ...facts, toolName: name, arguments: readMember(params, 'arguments') };
    case 'prompts/get':
      return { ...facts, promptName: name, arguments: readMember(params, 'arguments') };
    case 'resources/read':
    case 'resources/subscribe':
    case 'resources/unsubscribe':
    case 'notifications/resources/updated':
      return { ...facts, resourceUri: readString(params, 'uri') };
    case 'completion/complete': {
      const completed = readMember(params, 'ref');
      return {
        ...facts,
        promptName: short(readString(completed, 'name')),
        resourceUri: readString(completed, 'uri'),
      };
    }
    default:
      return facts;
  }
}

function short<Text extends string | undefined>(text: Text): Text {
  return (text === undefined ? undefined : text.slice(0, LONGEST_NAME)) as Text;
}

/** The version is settled apart: the request may say it, or its header, or the handshake before. */
export function withoutVersion<F extends { readonly mcpVersion?: unknown }>(
  facts: F,
): Omit<F, 'mcpVersion'> {
  const { mcpVersion: _, ...others } = facts;
  return others;
}
