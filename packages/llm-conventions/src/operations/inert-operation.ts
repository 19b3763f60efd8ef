import { type Context, context, type Span, trace } from '@opentelemetry/api';
import { NO_SPAN } from '@llm-otel/core';
import type { AgentRunCall } from './agent-run-call.ts';
import type { CreateAgentCall } from './create-agent-call.ts';
import type { EmbeddingsCall } from './embeddings-call.ts';
import type { FetchResponseCall } from './fetch-response-call.ts';
import type { InvokeAgentCall } from './invoke-agent-call.ts';
import type { McpCall } from './mcp-call.ts';
import type { MemoryCall } from './memory-call.ts';
import type { ModelServerCall } from './model-server-request.ts';
import type { PlanCall } from './plan-call.ts';
import type { RetrievalCall } from './retrieval-call.ts';
import type { ToolCall } from './tool-call.ts';
import { isContext } from './usable-request.ts';
import type { WorkflowCall } from './workflow-call.ts';

/** Any operation that records nothing, for where telemetry is switched off. Context passes through it unchanged. */
export class InertOperation
  implements
    AgentRunCall,
    CreateAgentCall,
    EmbeddingsCall,
    FetchResponseCall,
    InvokeAgentCall,
    McpCall,
    MemoryCall,
    ModelServerCall,
    PlanCall,
    RetrievalCall,
    ToolCall,
    WorkflowCall
{
  readonly conversationId: string | undefined;
  readonly #parent: Context | undefined;

  constructor(parent?: Context, conversationId?: string) {
    this.#parent = parent;
    this.conversationId = conversationId;
  }

  get context(): Context {
    return this.#parent ?? context.active();
  }

  get span(): Span {
    return trace.getSpan(this.context) ?? NO_SPAN;
  }

  setAttributes(): void {}
  recordAgent(): void {}
  recordDocuments(): void {}
  recordExitCode(): void {}
  recordInput(): void {}
  recordOutput(): void {}
  recordRecords(): void {}
  recordResponse(): void {}
  recordResult(): void {}
  firstToken(): void {}
  end(): void {}
  endAsOf(): void {}
  fail(): void {}
}

const INERT = new InertOperation();

interface Started {
  readonly parent?: Context | undefined;
  readonly conversationId?: string | undefined;
}

/** One serves all that have nothing of their own: it keeps nothing. */
export function inertOperation(request?: Started): InertOperation {
  if (request === undefined) return INERT;
  const { parent: given, conversationId } = request;
  const parent = isContext(given) ? given : undefined;
  return parent === undefined && conversationId === undefined
    ? INERT
    : new InertOperation(parent, conversationId);
}
