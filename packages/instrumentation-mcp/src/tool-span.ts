import { type Span, trace } from '@opentelemetry/api';
import { readMember } from '@llm-otel/llm-conventions/client';
import type { RequestFacts } from './request-facts.ts';

/** Spans of tools that have taken in a call already. */
const taken = new WeakSet();

/**
 * The active span, where it is `execute_tool` of the very tool that is called: an agent runs a tool that lives in an
 * MCP server. Both see one call, so it gets one span. A second call inside it has a span of its own.
 */
export function activeToolSpan({ method, toolName }: RequestFacts): Span | undefined {
  if (method !== 'tools/call') return undefined;
  const span = trace.getActiveSpan();
  if (span === undefined || !span.isRecording() || taken.has(span)) return undefined;
  // Spans that record can be read, in every SDK, whoever started them.
  const attributes = readMember(span, 'attributes');
  if (readMember(attributes, 'gen_ai.operation.name') !== 'execute_tool') return undefined;
  if (readMember(attributes, 'gen_ai.tool.name') !== toolName) return undefined;
  if (readMember(attributes, 'mcp.method.name') !== undefined) return undefined;
  taken.add(span);
  return span;
}
