import type { AgentRunCall, AgentRunRequest } from './agent-run-call.ts';
import type { CreateAgentCall, CreateAgentRequest } from './create-agent-call.ts';
import type { EmbeddingsCall, EmbeddingsRequest } from './embeddings-call.ts';
import type { FetchResponseCall, FetchResponseRequest } from './fetch-response-call.ts';
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
  embeddings<T>(request: EmbeddingsRequest, work: (call: EmbeddingsCall) => T): T;
  startEmbeddings(request: EmbeddingsRequest): EmbeddingsCall;
  /** `retrieval {dataSourceId}` */
  retrieval<T>(request: RetrievalRequest, work: (call: RetrievalCall) => T): T;
  startRetrieval(request: RetrievalRequest): RetrievalCall;
  /** `fetch_response`: a response that was made in the background */
  fetchResponse<T>(request: FetchResponseRequest, work: (call: FetchResponseCall) => T): T;
  startFetchResponse(request: FetchResponseRequest): FetchResponseCall;
  /** `search_memory`, `create_memory` … by `operation` */
  memory<T>(request: MemoryRequest, work: (call: MemoryCall) => T): T;
  startMemory(request: MemoryRequest): MemoryCall;
  /** `create_agent {agent}` at a service */
  createAgent<T>(request: CreateAgentRequest, work: (call: CreateAgentCall) => T): T;
  startCreateAgent(request: CreateAgentRequest): CreateAgentCall;
  /** `invoke_agent {agent}`: an agent that runs at a service */
  invokeAgent<T>(request: InvokeAgentRequest, work: (call: InvokeAgentCall) => T): T;
  startInvokeAgent(request: InvokeAgentRequest): InvokeAgentCall;
  /** `invoke_agent {agent}`: an agent of this process */
  agentRun<T>(request: AgentRunRequest, work: (call: AgentRunCall) => T): T;
  startAgentRun(request: AgentRunRequest): AgentRunCall;
  /** `invoke_workflow {name}`: not around a single agent */
  workflow<T>(request: WorkflowRequest, work: (call: WorkflowCall) => T): T;
  startWorkflow(request: WorkflowRequest): WorkflowCall;
  /** `plan {agent}`: only where planning is more than a model call */
  plan<T>(request: PlanRequest, work: (call: PlanCall) => T): T;
  startPlan(request: PlanRequest): PlanCall;
  /** `execute_tool {name}` */
  tool<T>(request: ToolRequest, work: (call: ToolCall) => T): T;
  startTool(request: ToolRequest): ToolCall;
  /** `{method} {tool or prompt}` on the side that sends */
  mcpClient<T>(request: McpClientRequest, work: (call: McpCall<'mcp.client'>) => T): T;
  startMcpClient(request: McpClientRequest): McpCall<'mcp.client'>;
  /** `{method} {tool or prompt}` on the side that receives */
  mcpServer<T>(request: McpServerRequest, work: (call: McpCall<'mcp.server'>) => T): T;
  startMcpServer(request: McpServerRequest): McpCall<'mcp.server'>;
  /** Duration of an MCP session, without a span. */
  startMcpSession(request: McpSessionRequest): McpSession;
  /** For those who serve a model: `gen_ai.server.*` metrics, without a span. */
  startModelServerRequest(request: ModelServerRequest): ModelServerCall;
}
