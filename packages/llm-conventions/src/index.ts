export { advisedBuckets } from './advised-buckets.ts';
export { type AgentScope, agentScopeOf, withAgentScope } from './agent-scope.ts';
export {
  contentBudget,
  type ContentBudgetOptions,
  logContentBudget,
} from './content/content-budget.ts';
export { type ContentMode, contentTargets, type ContentTargets } from './content-mode.ts';
export { safeJson } from './content/safe-json.ts';
export {
  inCurrentNames,
  normaliseDialects,
  type NormaliseDialectsOptions,
} from './dialects/normalise-dialects.ts';
export { normaliseLogs } from './dialects/normalise-logs.ts';
export type { AgentOutput } from './operations/agent-operation.ts';
export type { AgentInput, AgentParameters } from './operations/agent-parameters.ts';
export {
  type AgentRunCall,
  type AgentRunOutput,
  type AgentRunRequest,
  type LocalAgent,
  SpanAgentRun,
} from './operations/agent-run-call.ts';
export type {
  CreateAgentCall,
  CreateAgentRequest,
  RemoteAgent,
} from './operations/create-agent-call.ts';
export type {
  EmbeddingsCall,
  EmbeddingsRequest,
  EmbeddingsResponse,
} from './operations/embeddings-call.ts';
export type {
  FetchedResponse,
  FetchResponseCall,
  FetchResponseRequest,
  FetchResponseRequestOf,
  GeneralFetchResponseRequestOf,
} from './operations/fetch-response-call.ts';
export { InertOperation, inertOperation } from './operations/inert-operation.ts';
export { type Invocation, InvocationScope } from './operations/invocation-scope.ts';
export type {
  InvokeAgentCall,
  InvokeAgentRequest,
  InvokedAgentOutput,
} from './operations/invoke-agent-call.ts';
export type { McpCall } from './operations/mcp-call.ts';
export type {
  McpClientRequest,
  McpRequest,
  McpResponse,
  McpServerRequest,
  McpTransport,
} from './operations/mcp-request.ts';
export type { McpSession, McpSessionRequest } from './operations/mcp-session.ts';
export {
  type MemoryCall,
  type MemoryOperationName,
  type MemoryOptions,
  type MemoryRecord,
  type MemoryRequest,
  SpanMemoryCall,
} from './operations/memory-call.ts';
export type { ModelServerCall, ModelServerRequest } from './operations/model-server-request.ts';
export type {
  OpenOperation,
  OperationEnvironment,
  OperationRequest,
  ServiceRequest,
} from './operations/operation-request.ts';
export type { Operations } from './operations/operations.ts';
export { type PlanCall, type PlanRequest, SpanPlan } from './operations/plan-call.ts';
export {
  type RetrievalCall,
  type RetrievalRequest,
  type RetrievedDocument,
  SpanRetrievalCall,
} from './operations/retrieval-call.ts';
export { SpanToolCall, type ToolCall } from './operations/tool-call.ts';
export { usableRequest } from './operations/usable-request.ts';
export { countForeignCalls, type CountForeignCallsOptions } from './usage/count-foreign-calls.ts';
export type { ToolCommand, ToolRequest, ToolSkill } from './operations/tool-request.ts';
export {
  SpanWorkflow,
  type WorkflowCall,
  type WorkflowRequest,
} from './operations/workflow-call.ts';
export { customValue, type CustomValue } from './custom-value.ts';
export type { Evaluation } from './evaluation/evaluation.ts';
export {
  contextOf,
  spanContextOf,
  spanReference,
  type SpanLike,
  type SpanReference,
} from './evaluation/span-reference.ts';
export { emitEvent, type EventLogger, type EventRecord } from './event-logger.ts';
export type { ExceptionSignal, ExceptionTarget } from './exception-event.ts';
export { describeError, type ErrorFacts } from './error-facts.ts';
export { createGenAi, type GenAi, type GenAiOptions } from './gen-ai.ts';
export type * from './generated/attribute-types.ts';
export * from './generated/attributes.ts';
export {
  EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS,
  EVENT_GEN_AI_CLIENT_OPERATION_EXCEPTION,
  EVENT_GEN_AI_EVALUATION_RESULT,
  EVENT_LLM_OTEL_BUDGET_EXCEEDED,
  EVENT_LLM_OTEL_HAND_OVER,
  EVENT_LLM_OTEL_LOOP,
  EVENT_LLM_OTEL_RUN_CHECKPOINT,
} from './generated/events.ts';
export * from './generated/metrics.ts';
export * from './generated/values.ts';
export type {
  ChunkOf,
  InferenceCall,
  InferenceInput,
  InferenceRequest,
  GeneralInferenceRequestOf,
  InferenceRequestOf,
  InferenceResponse,
  ReadableStreamLike,
  StreamOptions,
  StreamSource,
} from './inference/inference-types.ts';
export { isNodeStream } from './inference/observe-emitter.ts';
export { type ObservedCall, observeStream } from './inference/observe-stream.ts';
export type { AttributeRequirements, MetricDefinition, RequirementLevel } from './model-types.ts';
export { Instruments } from './instruments.ts';
export { type MainAgent, mainAgentAttributes } from './main-agent-attributes.ts';
export { Operation, type OperationStart } from './operation.ts';
export type { NoSuchAttributeHere, OnlyAttributesOf, OnlyKeysOf } from './only-keys-of.ts';
export { recordFailure } from './record-failure.ts';
export { type Ending, runInside } from './run-inside.ts';
export {
  GEN_AI_SCHEMA_URL,
  type SignalOptions,
  type Signals,
  signalSource,
  type SignalSource,
} from './signals.ts';
export {
  type InferenceAttributes,
  inferenceAttributes,
  type InferenceSpanType,
  type ProviderSpanType,
  type SpanAttributes,
  spanAttributes,
  type SpanType,
} from './typed-attributes.ts';

// Messages
export { type FinishReason, finishReasonFrom } from './messages/finish-reason.ts';
export { finishReasonOfOpenAiResponse } from './messages/finish-reason-of-openai-response.ts';
export { finishReasonOfGeminiInteraction } from './messages/finish-reason-of-gemini-interaction.ts';
export { finishReasonsOfGemini } from './messages/finish-reasons-of-gemini.ts';
export type * from './messages/message-types.ts';
export {
  inputFromAiSdk,
  messagesFromAiSdk,
  outputFromAiSdk,
} from './messages/messages-from-ai-sdk.ts';
export {
  inputFromAnthropic,
  messagesFromAnthropic,
  outputFromAnthropic,
  partsFromAnthropic,
} from './messages/messages-from-anthropic.ts';
export {
  inputFromBedrock,
  messagesFromBedrock,
  outputFromBedrock,
} from './messages/messages-from-bedrock.ts';
export {
  inputFromGemini,
  messagesFromGemini,
  outputFromGemini,
} from './messages/messages-from-gemini.ts';
export {
  inputFromGeminiInteraction,
  messagesFromGeminiInteraction,
  outputFromGeminiInteraction,
} from './messages/messages-from-gemini-interaction.ts';
export {
  inputFromOpenAiChat,
  messagesFromOpenAiChat,
  outputFromOpenAiChat,
} from './messages/messages-from-openai-chat.ts';
export {
  inputFromOpenAiResponses,
  messagesFromOpenAiResponses,
  outputFromOpenAiResponses,
} from './messages/messages-from-openai-responses.ts';
export { toolDefinitionsFrom } from './messages/tool-definitions.ts';

// Streams
export { aiSdkStream } from './streams/ai-sdk-stream.ts';
export { anthropicStream } from './streams/anthropic-stream.ts';
export { bedrockStream } from './streams/bedrock-stream.ts';
export { geminiInteractionsStream } from './streams/gemini-interactions-stream.ts';
export { geminiStream } from './streams/gemini-stream.ts';
export { incompleteStream } from './streams/incomplete-stream.ts';
export { openAiChatStream } from './streams/openai-chat-stream.ts';
export { openAiResponsesStream } from './streams/openai-responses-stream.ts';
export type { StreamFormat, StreamFormatOptions, StreamReader } from './streams/stream-format.ts';
export { StreamedError } from './streams/streamed-error.ts';

// Usage
export type { Tokenizer } from './usage/estimate-usage.ts';
export { serviceTierFromAiSdk, serviceTierFromGemini } from './usage/service-tiers.ts';
export { type AiSdkUsageSource, usageFromAiSdk } from './usage/usage-from-ai-sdk.ts';
export { usageFromAnthropic } from './usage/usage-from-anthropic.ts';
export { usageFromBedrock } from './usage/usage-from-bedrock.ts';
export { usageFromCohere } from './usage/usage-from-cohere.ts';
export { usageFromGemini } from './usage/usage-from-gemini.ts';
export { usageFromGeminiInteraction } from './usage/usage-from-gemini-interaction.ts';
export { usageFromOpenAi } from './usage/usage-from-openai.ts';
export { usageFromAttributes } from './usage/usage-attributes.ts';
export { mergeUsage, type Usage } from './usage/usage.ts';

// Cost
export { type Cost, costOf, type CostQuestion } from './cost/cost-of.ts';
export { costOfSpan } from './cost/cost-of-span.ts';
export { CostSum } from './cost/cost-sum.ts';
export { exactCostOfSpan } from './cost/exact-cost.ts';
export { priceTable } from './cost/price-table.ts';
export type {
  LongInputPrices,
  ModelPrices,
  PeakPrices,
  PeakTimes,
  Price,
  PriceTable,
  PriceTier,
  TierPrices,
  TokenPrices,
} from './cost/price-types.ts';
export { withPrices } from './cost/with-prices.ts';

// Content store
export type { ContentReference, ContentStore, StoredContent } from './content/content-store.ts';
export { moveLogMediaOut, moveMediaOut } from './content/move-media-out.ts';

// Dialects
export { type Dialect, DIALECTS, emitDialects } from './dialects/emit-dialects.ts';
