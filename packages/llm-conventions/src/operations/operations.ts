import type { GenAiProviderName } from '../generated/attribute-types.ts';
import type { OnlyAttributesOf } from '../only-keys-of.ts';
import type { AgentRunCall, AgentRunRequest } from './agent-run-call.ts';
import type { CreateAgentCall, CreateAgentRequest } from './create-agent-call.ts';
import type { EmbeddingsCall, EmbeddingsRequest } from './embeddings-call.ts';
import type {
  FetchResponseCall,
  FetchResponseRequestOf,
  GeneralFetchResponseRequestOf,
} from './fetch-response-call.ts';
import type { InvokeAgentCall, InvokeAgentRequest } from './invoke-agent-call.ts';
import type { McpCall } from './mcp-call.ts';
import type { McpClientRequest, McpServerRequest } from './mcp-request.ts';
import type { McpSession, McpSessionRequest } from './mcp-session.ts';
import type { MemoryCall, MemoryRequest } from './memory-call.ts';
import type { ModelServerCall, ModelServerRequest } from './model-server-request.ts';
import type { PlanCall, PlanRequest } from './plan-call.ts';
import type { RetrievalCall, RetrievalRequest } from './retrieval-call.ts';
import type { ToolCall } from './tool-call.ts';
import type { ToolRequest } from './tool-request.ts';
import type { WorkflowCall, WorkflowRequest } from './workflow-call.ts';

/**
 * The operations of the conventions beside the inference. `start…` starts a span that the caller ends, with `end` or
 * `fail`; the function of the same name runs `work` inside the span, ends it when `work` returns or settles, and passes
 * result and error through unchanged.
 */
export interface Operations {
  /** `embeddings {model}` */
  embeddings<T, const A extends object = object>(
    request: OnlyAttributesOf<EmbeddingsRequest, A>,
    work: (call: EmbeddingsCall) => T,
  ): T;
  startEmbeddings<const A extends object>(
    request: OnlyAttributesOf<EmbeddingsRequest, A>,
  ): EmbeddingsCall;
  /** `retrieval {dataSourceId}` */
  retrieval<T, const A extends object = object>(
    request: OnlyAttributesOf<RetrievalRequest, A>,
    work: (call: RetrievalCall) => T,
  ): T;
  startRetrieval<const A extends object>(
    request: OnlyAttributesOf<RetrievalRequest, A>,
  ): RetrievalCall;
  /** `fetch_response`: a response that was made in the background */
  fetchResponse<
    T,
    P extends GenAiProviderName = GenAiProviderName,
    const A extends object = object,
  >(
    request: GeneralFetchResponseRequestOf<P, A>,
    work: (call: FetchResponseCall<P>) => T,
  ): T;
  fetchResponse<
    T,
    P extends GenAiProviderName = GenAiProviderName,
    const A extends object = object,
  >(
    request: FetchResponseRequestOf<P, A>,
    work: (call: FetchResponseCall<P>) => T,
  ): T;
  startFetchResponse<P extends GenAiProviderName, const A extends object>(
    request: GeneralFetchResponseRequestOf<P, A>,
  ): FetchResponseCall<P>;
  startFetchResponse<P extends GenAiProviderName, const A extends object>(
    request: FetchResponseRequestOf<P, A>,
  ): FetchResponseCall<P>;
  /** `search_memory`, `create_memory` … by `operation` */
  memory<T, const A extends object = object>(
    request: OnlyAttributesOf<MemoryRequest, A>,
    work: (call: MemoryCall) => T,
  ): T;
  startMemory<const A extends object>(request: OnlyAttributesOf<MemoryRequest, A>): MemoryCall;
  /** `create_agent {agent}` at a service */
  createAgent<T, const A extends object = object>(
    request: OnlyAttributesOf<CreateAgentRequest, A>,
    work: (call: CreateAgentCall) => T,
  ): T;
  startCreateAgent<const A extends object>(
    request: OnlyAttributesOf<CreateAgentRequest, A>,
  ): CreateAgentCall;
  /** `invoke_agent {agent}`: an agent that runs at a service */
  invokeAgent<T, const A extends object = object>(
    request: OnlyAttributesOf<InvokeAgentRequest, A>,
    work: (call: InvokeAgentCall) => T,
  ): T;
  startInvokeAgent<const A extends object>(
    request: OnlyAttributesOf<InvokeAgentRequest, A>,
  ): InvokeAgentCall;
  /** `invoke_agent {agent}`: an agent of this process */
  agentRun<T, const A extends object = object>(
    request: OnlyAttributesOf<AgentRunRequest, A>,
    work: (call: AgentRunCall) => T,
  ): T;
  startAgentRun<const A extends object>(
    request: OnlyAttributesOf<AgentRunRequest, A>,
  ): AgentRunCall;
  /** `invoke_workflow {name}`: not around a single agent */
  workflow<T, const A extends object = object>(
    request: OnlyAttributesOf<WorkflowRequest, A>,
    work: (call: WorkflowCall) => T,
  ): T;
  startWorkflow<const A extends object>(
    request: OnlyAttributesOf<WorkflowRequest, A>,
  ): WorkflowCall;
  /** `plan {agent}`: only where planning is more than a model call */
  plan<T, const A extends object = object>(
    request: OnlyAttributesOf<PlanRequest, A>,
    work: (call: PlanCall) => T,
  ): T;
  startPlan<const A extends object>(request: OnlyAttributesOf<PlanRequest, A>): PlanCall;
  /** `execute_tool {name}` */
  tool<T, const A extends object = object>(
    request: OnlyAttributesOf<ToolRequest, A>,
    work: (call: ToolCall) => T,
  ): T;
  startTool<const A extends object>(request: OnlyAttributesOf<ToolRequest, A>): ToolCall;
  /** `{method} {tool or prompt}` on the side that sends */
  mcpClient<T, const A extends object = object>(
    request: OnlyAttributesOf<McpClientRequest, A>,
    work: (call: McpCall<'mcp.client'>) => T,
  ): T;
  startMcpClient<const A extends object>(
    request: OnlyAttributesOf<McpClientRequest, A>,
  ): McpCall<'mcp.client'>;
  /** `{method} {tool or prompt}` on the side that receives */
  mcpServer<T, const A extends object = object>(
    request: OnlyAttributesOf<McpServerRequest, A>,
    work: (call: McpCall<'mcp.server'>) => T,
  ): T;
  startMcpServer<const A extends object>(
    request: OnlyAttributesOf<McpServerRequest, A>,
  ): McpCall<'mcp.server'>;
  /** Duration of an MCP session, without a span. */
  startMcpSession(request: McpSessionRequest): McpSession;
  /** For those who serve a model: `gen_ai.server.*` metrics, without a span. */
  startModelServerRequest(request: ModelServerRequest): ModelServerCall;
}
