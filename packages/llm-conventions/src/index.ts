export { type AgentScope, agentScopeOf, withAgentScope } from './agent-scope.ts';
export { contentBudget, type ContentBudgetOptions } from './content/content-budget.ts';
export { type ContentMode, contentTargets, type ContentTargets } from './content-mode.ts';
export { safeJson } from './content/safe-json.ts';
export { type Cost, costOf, type CostQuestion } from './cost/cost-of.ts';
export { priceTable } from './cost/price-table.ts';
export type { ModelPrices, Price, PriceTable } from './cost/price-types.ts';
export { inCurrentNames, normaliseDialects } from './dialects/normalise-dialects.ts';
export type { EmbeddingsCall, EmbeddingsRequest, EmbeddingsResponse } from './embeddings.ts';
export { customValue, type CustomValue } from './custom-value.ts';
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
  EVENT_LLM_OTEL_DECISION,
  EVENT_LLM_OTEL_HAND_OVER,
} from './generated/events.ts';
export * from './generated/metrics.ts';
export * from './generated/values.ts';
export type {
  ChunkOf,
  InferenceCall,
  InferenceInput,
  InferenceRequest,
  InferenceResponse,
  ReadableStreamLike,
  StreamOptions,
  StreamSource,
} from './inference/inference-types.ts';
export { type FinishReason, finishReasonFrom } from './messages/finish-reason.ts';
export type * from './messages/message-types.ts';
export { messagesFromAnthropic, partsFromAnthropic } from './messages/messages-from-anthropic.ts';
export { messagesFromOpenAiChat } from './messages/messages-from-openai-chat.ts';
export type { AttributeRequirements, MetricDefinition, RequirementLevel } from './model-types.ts';
export { Instruments } from './instruments.ts';
export { Operation, type OperationStart } from './operation.ts';
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
  type OnlyKeysOf,
  type SpanAttributes,
  spanAttributes,
  type SpanType,
} from './typed-attributes.ts';
export { usageFromAnthropic } from './usage/usage-from-anthropic.ts';
export { usageFromOpenAi } from './usage/usage-from-openai.ts';
export { mergeUsage, type Usage } from './usage/usage.ts';
