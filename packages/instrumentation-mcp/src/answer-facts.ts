import type { McpResponse } from '@llm-otel/llm-conventions';
import { readMember, readNumber, readString } from '@llm-otel/llm-conventions/client';

/** What an answer says: of a tool its result, of `initialize` the version that was agreed on. */
export function answerFacts(method: string, answer: unknown): McpResponse {
  const error = readMember(answer, 'error');
  if (error !== undefined)
    return { errorCode: readNumber(error, 'code'), errorMessage: readString(error, 'message') };
  const result = readMember(answer, 'result');
  switch (method) {
    case 'tools/call':
      return { isError: readMember(result, 'isError') === true, result };
    case 'initialize':
      return { mcpVersion: readString(result, 'protocolVersion') };
    default:
      return {};
  }
}
