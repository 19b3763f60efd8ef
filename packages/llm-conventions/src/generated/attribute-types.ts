// Generated from tooling/semconv/model by tooling/semconv/generate.ts. Do not edit.

import type { CustomValue } from '../custom-value.ts';

/** The values the conventions list for `gen_ai.operation.name`. */
export type GenAiOperationNameValue =
  | 'chat'
  | 'generate_content'
  | 'text_completion'
  | 'embeddings'
  | 'retrieval'
  | 'fetch_response'
  | 'create_agent'
  | 'invoke_agent'
  | 'execute_tool'
  | 'invoke_workflow'
  | 'plan'
  | 'search_memory'
  | 'create_memory'
  | 'update_memory'
  | 'upsert_memory'
  | 'delete_memory'
  | 'create_memory_store'
  | 'delete_memory_store';
/** Values of `gen_ai.operation.name`. The list is open. */
export type GenAiOperationName = GenAiOperationNameValue | (string & {});

/** The values the conventions list for `gen_ai.output.type`. */
export type GenAiOutputTypeValue =
  | 'text'
  | 'json'
  | 'image'
  | 'speech';
/** Values of `gen_ai.output.type`. The list is open. */
export type GenAiOutputType = GenAiOutputTypeValue | (string & {});

/** The values the conventions list for `gen_ai.provider.name`. */
export type GenAiProviderNameValue =
  | 'openai'
  | 'gcp.gen_ai'
  | 'gcp.vertex_ai'
  | 'gcp.gemini'
  | 'anthropic'
  | 'cohere'
  | 'azure.ai.inference'
  | 'azure.ai.openai'
  | 'ibm.watsonx.ai'
  | 'aws.bedrock'
  | 'perplexity'
  | 'x_ai'
  | 'deepseek'
  | 'groq'
  | 'mistral_ai'
  | 'moonshot_ai';
/** Values of `gen_ai.provider.name`. The list is open. */
export type GenAiProviderName = GenAiProviderNameValue | (string & {});

/** The values the conventions list for `gen_ai.response.status`. */
export type GenAiResponseStatusValue =
  | 'queued'
  | 'in_progress'
  | 'completed'
  | 'incomplete'
  | 'failed'
  | 'cancelled';
/** Values of `gen_ai.response.status`. The list is open. */
export type GenAiResponseStatus = GenAiResponseStatusValue | (string & {});

/** The values the conventions list for `gen_ai.token.modality`. */
export type GenAiTokenModalityValue =
  | 'text'
  | 'image'
  | 'audio'
  | 'unknown';
/** Values of `gen_ai.token.modality`. The list is open. */
export type GenAiTokenModality = GenAiTokenModalityValue | (string & {});

/** The values the conventions list for `llm_otel.approval.outcome`. */
export type LlmOtelApprovalOutcomeValue =
  | 'approved'
  | 'denied'
  | 'expired';
/** Values of `llm_otel.approval.outcome`. The list is open. */
export type LlmOtelApprovalOutcome = LlmOtelApprovalOutcomeValue | (string & {});

/** The values the conventions list for `llm_otel.budget.kind`. */
export type LlmOtelBudgetKindValue =
  | 'tokens'
  | 'cost'
  | 'steps'
  | 'wall_time';
/** Values of `llm_otel.budget.kind`. The list is open. */
export type LlmOtelBudgetKind = LlmOtelBudgetKindValue | (string & {});

/** The values the conventions list for `llm_otel.cost.tier`. */
export type LlmOtelCostTierValue =
  | 'batch'
  | 'flex'
  | 'priority';
/** Values of `llm_otel.cost.tier`. The list is open. */
export type LlmOtelCostTier = LlmOtelCostTierValue | (string & {});

/** The values the conventions list for `llm_otel.decision.decided_by`. */
export type LlmOtelDecisionDecidedByValue =
  | 'model'
  | 'rule'
  | 'human';
/** Values of `llm_otel.decision.decided_by`. The list is open. */
export type LlmOtelDecisionDecidedBy = LlmOtelDecisionDecidedByValue | (string & {});

/** The values the conventions list for `llm_otel.dialect.source`. */
export type LlmOtelDialectSourceValue =
  | 'openinference'
  | 'openllmetry'
  | 'langfuse'
  | 'ai_sdk'
  | 'langsmith';
/** Values of `llm_otel.dialect.source`. The list is open. */
export type LlmOtelDialectSource = LlmOtelDialectSourceValue | (string & {});

/** The values the conventions list for `llm_otel.left_open`. */
export type LlmOtelLeftOpenValue =
  | 'run_ended'
  | 'dropped';
/** Values of `llm_otel.left_open`. The list is open. */
export type LlmOtelLeftOpen = LlmOtelLeftOpenValue | (string & {});

/** The values the conventions list for `llm_otel.link.kind`. */
export type LlmOtelLinkKindValue =
  | 'hand_over'
  | 'evaluated'
  | 'retry'
  | 'fallback'
  | 'evidence'
  | 'decision'
  | 'resume';
/** Values of `llm_otel.link.kind`. The list is open. */
export type LlmOtelLinkKind = LlmOtelLinkKindValue | (string & {});

/** The values the conventions list for `llm_otel.rollup.partial`. */
export type LlmOtelRollupPartialValue =
  | 'tokens'
  | 'cost';
/** Values of `llm_otel.rollup.partial`. The list is open. */
export type LlmOtelRollupPartial = LlmOtelRollupPartialValue | (string & {});

/** The values the conventions list for `llm_otel.run.stop_reason`. */
export type LlmOtelRunStopReasonValue =
  | 'completed'
  | 'error'
  | 'aborted'
  | 'budget_exceeded'
  | 'handed_over'
  | 'paused'
  | 'max_steps'
  | 'no_progress';
/** Values of `llm_otel.run.stop_reason`. The list is open. */
export type LlmOtelRunStopReason = LlmOtelRunStopReasonValue | (string & {});

/** The values the conventions list for `llm_otel.sampling.priority`. */
export type LlmOtelSamplingPriorityValue =
  | 'keep'
  | 'drop';
/** Values of `llm_otel.sampling.priority`. The list is open. */
export type LlmOtelSamplingPriority = LlmOtelSamplingPriorityValue | (string & {});

/** The values the conventions list for `llm_otel.sensitivity`. */
export type LlmOtelSensitivityValue =
  | 'public'
  | 'internal'
  | 'confidential'
  | 'restricted';
/** Values of `llm_otel.sensitivity`. The list is open. */
export type LlmOtelSensitivity = LlmOtelSensitivityValue | (string & {});

/** The values the conventions list for `llm_otel.stream.outcome`. */
export type LlmOtelStreamOutcomeValue =
  | 'completed'
  | 'cancelled'
  | 'failed'
  | 'dropped';
/** Values of `llm_otel.stream.outcome`. The list is open. */
export type LlmOtelStreamOutcome = LlmOtelStreamOutcomeValue | (string & {});

/** The values the conventions list for `llm_otel.trace.partial`. */
export type LlmOtelTracePartialValue =
  | 'tokens'
  | 'cost';
/** Values of `llm_otel.trace.partial`. The list is open. */
export type LlmOtelTracePartial = LlmOtelTracePartialValue | (string & {});

/** The values the conventions list for `mcp.method.name`. */
export type McpMethodNameValue =
  | 'notifications/cancelled'
  | 'initialize'
  | 'notifications/initialized'
  | 'notifications/progress'
  | 'ping'
  | 'resources/list'
  | 'resources/templates/list'
  | 'resources/read'
  | 'notifications/resources/list_changed'
  | 'resources/subscribe'
  | 'resources/unsubscribe'
  | 'notifications/resources/updated'
  | 'prompts/list'
  | 'prompts/get'
  | 'notifications/prompts/list_changed'
  | 'tools/list'
  | 'tools/call'
  | 'notifications/tools/list_changed'
  | 'logging/setLevel'
  | 'notifications/message'
  | 'sampling/createMessage'
  | 'completion/complete'
  | 'roots/list'
  | 'notifications/roots/list_changed'
  | 'elicitation/create';
/** Values of `mcp.method.name`. The list is open. */
export type McpMethodName = McpMethodNameValue | (string & {});

/** The values the conventions list for `network.transport`. */
export type NetworkTransportValue =
  | 'pipe'
  | 'quic'
  | 'tcp';
/** Values of `network.transport`. The list is open. */
export type NetworkTransport = NetworkTransportValue | (string & {});

/** The values the conventions list for `openai.api.type`. */
export type OpenaiApiTypeValue =
  | 'chat_completions'
  | 'responses';
/** Values of `openai.api.type`. The list is open. */
export type OpenaiApiType = OpenaiApiTypeValue | (string & {});

/** The values the conventions list for `openai.request.service_tier`. */
export type OpenaiRequestServiceTierValue =
  | 'auto'
  | 'default';
/** Values of `openai.request.service_tier`. The list is open. */
export type OpenaiRequestServiceTier = OpenaiRequestServiceTierValue | (string & {});

/** The type of each attribute's value. A value that is not listed is marked with `customValue`. */
export interface AttributeTypes {
  readonly 'aws.bedrock.guardrail.id': string;
  readonly 'aws.bedrock.knowledge_base.id': string;
  readonly 'azure.resource_provider.namespace': string;
  readonly 'client.address': string;
  readonly 'client.port': number;
  readonly 'error.type': string;
  readonly 'exception.message': string;
  readonly 'exception.stacktrace': string;
  readonly 'exception.type': string;
  readonly 'gen_ai.agent.description': string;
  readonly 'gen_ai.agent.id': string;
  readonly 'gen_ai.agent.name': string;
  readonly 'gen_ai.agent.version': string;
  readonly 'gen_ai.conversation.compacted': boolean;
  readonly 'gen_ai.conversation.id': string;
  readonly 'gen_ai.data_source.id': string;
  readonly 'gen_ai.embeddings.dimension.count': number;
  readonly 'gen_ai.evaluation.explanation': string;
  readonly 'gen_ai.evaluation.name': string;
  readonly 'gen_ai.evaluation.score.label': string;
  readonly 'gen_ai.evaluation.score.value': number;
  readonly 'gen_ai.input.messages': string | object;
  readonly 'gen_ai.main_agent.description': string;
  readonly 'gen_ai.main_agent.id': string;
  readonly 'gen_ai.main_agent.name': string;
  readonly 'gen_ai.memory.query.text': string;
  readonly 'gen_ai.memory.record.count': number;
  readonly 'gen_ai.memory.record.id': string;
  readonly 'gen_ai.memory.records': string | object;
  readonly 'gen_ai.memory.store.id': string;
  readonly 'gen_ai.operation.name': GenAiOperationNameValue | CustomValue;
  readonly 'gen_ai.output.messages': string | object;
  readonly 'gen_ai.output.type': GenAiOutputTypeValue | CustomValue;
  readonly 'gen_ai.prompt.name': string;
  readonly [key: `gen_ai.prompt.variable.${string}`]: string;
  readonly 'gen_ai.prompt.version': string;
  readonly 'gen_ai.provider.name': GenAiProviderNameValue | CustomValue;
  readonly 'gen_ai.request.choice.count': number;
  readonly 'gen_ai.request.encoding_formats': readonly string[];
  readonly 'gen_ai.request.frequency_penalty': number;
  readonly 'gen_ai.request.max_tokens': number;
  readonly 'gen_ai.request.model': string;
  readonly 'gen_ai.request.presence_penalty': number;
  readonly 'gen_ai.request.previous_response.id': string;
  readonly 'gen_ai.request.reasoning.level': string;
  readonly 'gen_ai.request.seed': number;
  readonly 'gen_ai.request.stop_sequences': readonly string[];
  readonly 'gen_ai.request.stream': boolean;
  readonly 'gen_ai.request.stream_cursor': string;
  readonly 'gen_ai.request.temperature': number;
  readonly 'gen_ai.request.top_k': number;
  readonly 'gen_ai.request.top_p': number;
  readonly 'gen_ai.response.finish_reasons': readonly string[];
  readonly 'gen_ai.response.id': string;
  readonly 'gen_ai.response.model': string;
  readonly 'gen_ai.response.status': GenAiResponseStatusValue | CustomValue;
  readonly 'gen_ai.response.time_to_first_chunk': number;
  readonly 'gen_ai.retrieval.documents': string | object;
  readonly 'gen_ai.retrieval.query.text': string;
  readonly 'gen_ai.retrieval.top_k': number;
  readonly 'gen_ai.skill.description': string;
  readonly 'gen_ai.skill.name': string;
  readonly 'gen_ai.skill.resource.name': string;
  readonly 'gen_ai.skill.source.uri': string;
  readonly 'gen_ai.system_instructions': string | object;
  readonly 'gen_ai.token.modality': GenAiTokenModalityValue | CustomValue;
  readonly 'gen_ai.tool.call.arguments': string | object;
  readonly 'gen_ai.tool.call.id': string;
  readonly 'gen_ai.tool.call.result': string | object;
  readonly 'gen_ai.tool.definitions': string | object;
  readonly 'gen_ai.tool.description': string;
  readonly 'gen_ai.tool.name': string;
  readonly 'gen_ai.tool.type': string;
  readonly 'gen_ai.usage.audio.cache_read.input_tokens': number;
  readonly 'gen_ai.usage.audio.input_tokens': number;
  readonly 'gen_ai.usage.audio.output_tokens': number;
  readonly 'gen_ai.usage.cache_read.input_tokens': number;
  readonly 'gen_ai.usage.cache_write.input_tokens': number;
  readonly 'gen_ai.usage.image.cache_read.input_tokens': number;
  readonly 'gen_ai.usage.image.input_tokens': number;
  readonly 'gen_ai.usage.image.output_tokens': number;
  readonly 'gen_ai.usage.input_tokens': number;
  readonly 'gen_ai.usage.output_tokens': number;
  readonly 'gen_ai.usage.reasoning.output_tokens': number;
  readonly 'gen_ai.usage.text.cache_read.input_tokens': number;
  readonly 'gen_ai.usage.text.input_tokens': number;
  readonly 'gen_ai.usage.text.output_tokens': number;
  readonly 'gen_ai.workflow.name': string;
  readonly 'http.request.resend_count': number;
  readonly 'http.response.status_code': number;
  readonly 'jsonrpc.protocol.version': string;
  readonly 'jsonrpc.request.id': string;
  readonly 'llm_otel.approval.approver': string;
  readonly 'llm_otel.approval.name': string;
  readonly 'llm_otel.approval.outcome': LlmOtelApprovalOutcomeValue | CustomValue;
  readonly 'llm_otel.approval.waiting_seconds': number;
  readonly 'llm_otel.attempt': number;
  readonly 'llm_otel.budget.exceeded': readonly string[];
  readonly 'llm_otel.budget.kind': LlmOtelBudgetKindValue | CustomValue;
  readonly 'llm_otel.budget.limit': number;
  readonly 'llm_otel.budget.value': number;
  readonly 'llm_otel.content.references': readonly string[];
  readonly 'llm_otel.content.truncated': readonly string[];
  readonly 'llm_otel.cost.micro_usd': number;
  readonly 'llm_otel.cost.price_source': string;
  readonly 'llm_otel.cost.price_table': string;
  readonly 'llm_otel.cost.tier': LlmOtelCostTierValue | CustomValue;
  readonly 'llm_otel.decision.chosen': string;
  readonly 'llm_otel.decision.confidence': number;
  readonly 'llm_otel.decision.decided_by': LlmOtelDecisionDecidedByValue | CustomValue;
  readonly 'llm_otel.decision.name': string;
  readonly 'llm_otel.decision.options': readonly string[];
  readonly 'llm_otel.decision.reason': string;
  readonly 'llm_otel.decision.scores': readonly number[];
  readonly 'llm_otel.delegated_by': string;
  readonly 'llm_otel.dialect.failed_results': readonly string[];
  readonly 'llm_otel.dialect.merged_messages': readonly string[];
  readonly 'llm_otel.dialect.source': LlmOtelDialectSourceValue | CustomValue;
  readonly 'llm_otel.dialect.system_message': boolean;
  readonly 'llm_otel.evaluation.name': string;
  readonly 'llm_otel.hand_over.from': string;
  readonly 'llm_otel.hand_over.reason': string;
  readonly 'llm_otel.hand_over.to': string;
  readonly 'llm_otel.left_open': LlmOtelLeftOpenValue | CustomValue;
  readonly 'llm_otel.link.kind': LlmOtelLinkKindValue | CustomValue;
  readonly 'llm_otel.loop.length': number;
  readonly 'llm_otel.loop.repeats': number;
  readonly 'llm_otel.object.id': string;
  readonly 'llm_otel.object.part_of': string;
  readonly 'llm_otel.retry_after_seconds': number;
  readonly 'llm_otel.rollup.cost.micro_usd': number;
  readonly 'llm_otel.rollup.partial': LlmOtelRollupPartialValue | CustomValue;
  readonly 'llm_otel.rollup.usage.cache_read.input_tokens': number;
  readonly 'llm_otel.rollup.usage.cache_write.input_tokens': number;
  readonly 'llm_otel.rollup.usage.input_tokens': number;
  readonly 'llm_otel.rollup.usage.output_tokens': number;
  readonly 'llm_otel.rollup.usage.reasoning.output_tokens': number;
  readonly 'llm_otel.run.loops': number;
  readonly 'llm_otel.run.part': string;
  readonly 'llm_otel.run.resumed': number;
  readonly 'llm_otel.run.steps': number;
  readonly 'llm_otel.run.stop_reason': LlmOtelRunStopReasonValue | CustomValue;
  readonly 'llm_otel.sampling.partial': boolean;
  readonly 'llm_otel.sampling.priority': LlmOtelSamplingPriorityValue | CustomValue;
  readonly 'llm_otel.sampling.rule': string;
  readonly 'llm_otel.sensitivity': LlmOtelSensitivityValue | CustomValue;
  readonly 'llm_otel.step.index': number;
  readonly 'llm_otel.step.name': string;
  readonly 'llm_otel.stream.outcome': LlmOtelStreamOutcomeValue | CustomValue;
  readonly 'llm_otel.stream.time_per_output_chunk': number;
  readonly 'llm_otel.trace.cost.micro_usd': number;
  readonly 'llm_otel.trace.partial': LlmOtelTracePartialValue | CustomValue;
  readonly 'llm_otel.trace.tokens': number;
  readonly 'llm_otel.usage.answers': number;
  readonly 'llm_otel.usage.cache_write.one_hour.input_tokens': number;
  readonly 'llm_otel.usage.estimated': readonly string[];
  readonly 'llm_otel.usage.rollup': boolean;
  readonly 'mcp.method.name': McpMethodNameValue | CustomValue;
  readonly 'mcp.protocol.version': string;
  readonly 'mcp.resource.uri': string;
  readonly 'mcp.session.id': string;
  readonly 'network.protocol.name': string;
  readonly 'network.protocol.version': string;
  readonly 'network.transport': NetworkTransportValue | CustomValue;
  readonly 'openai.api.type': OpenaiApiTypeValue | CustomValue;
  readonly 'openai.request.service_tier': OpenaiRequestServiceTierValue | CustomValue;
  readonly 'openai.response.service_tier': string;
  readonly 'openai.response.system_fingerprint': string;
  readonly 'process.executable.name': string;
  readonly 'process.executable.path': string;
  readonly 'process.exit.code': number;
  readonly 'rpc.response.status_code': string;
  readonly 'server.address': string;
  readonly 'server.port': number;
}

/** The attributes that the conventions list for each kind of span. */
export interface SpanAttributeNames {
  readonly 'gen_ai.client.inference':
    | 'error.type'
    | 'gen_ai.conversation.compacted'
    | 'gen_ai.conversation.id'
    | 'gen_ai.input.messages'
    | 'gen_ai.operation.name'
    | 'gen_ai.output.messages'
    | 'gen_ai.output.type'
    | 'gen_ai.prompt.name'
    | `gen_ai.prompt.variable.${string}`
    | 'gen_ai.prompt.version'
    | 'gen_ai.provider.name'
    | 'gen_ai.request.choice.count'
    | 'gen_ai.request.frequency_penalty'
    | 'gen_ai.request.max_tokens'
    | 'gen_ai.request.model'
    | 'gen_ai.request.presence_penalty'
    | 'gen_ai.request.previous_response.id'
    | 'gen_ai.request.reasoning.level'
    | 'gen_ai.request.seed'
    | 'gen_ai.request.stop_sequences'
    | 'gen_ai.request.stream'
    | 'gen_ai.request.temperature'
    | 'gen_ai.request.top_k'
    | 'gen_ai.request.top_p'
    | 'gen_ai.response.finish_reasons'
    | 'gen_ai.response.id'
    | 'gen_ai.response.model'
    | 'gen_ai.response.time_to_first_chunk'
    | 'gen_ai.system_instructions'
    | 'gen_ai.tool.definitions'
    | 'gen_ai.usage.audio.cache_read.input_tokens'
    | 'gen_ai.usage.audio.input_tokens'
    | 'gen_ai.usage.audio.output_tokens'
    | 'gen_ai.usage.cache_read.input_tokens'
    | 'gen_ai.usage.cache_write.input_tokens'
    | 'gen_ai.usage.image.cache_read.input_tokens'
    | 'gen_ai.usage.image.input_tokens'
    | 'gen_ai.usage.image.output_tokens'
    | 'gen_ai.usage.input_tokens'
    | 'gen_ai.usage.output_tokens'
    | 'gen_ai.usage.reasoning.output_tokens'
    | 'gen_ai.usage.text.cache_read.input_tokens'
    | 'gen_ai.usage.text.input_tokens'
    | 'gen_ai.usage.text.output_tokens'
    | 'server.address'
    | 'server.port';
  readonly 'gen_ai.embeddings.client':
    | 'error.type'
    | 'gen_ai.embeddings.dimension.count'
    | 'gen_ai.operation.name'
    | 'gen_ai.provider.name'
    | 'gen_ai.request.encoding_formats'
    | 'gen_ai.request.model'
    | 'gen_ai.response.model'
    | 'gen_ai.usage.input_tokens'
    | 'server.address'
    | 'server.port';
  readonly 'gen_ai.retrieval.client':
    | 'error.type'
    | 'gen_ai.data_source.id'
    | 'gen_ai.operation.name'
    | 'gen_ai.provider.name'
    | 'gen_ai.request.model'
    | 'gen_ai.retrieval.documents'
    | 'gen_ai.retrieval.query.text'
    | 'gen_ai.retrieval.top_k'
    | 'server.address'
    | 'server.port';
  readonly 'gen_ai.fetch_response.client':
    | 'error.type'
    | 'gen_ai.operation.name'
    | 'gen_ai.output.messages'
    | 'gen_ai.provider.name'
    | 'gen_ai.request.stream_cursor'
    | 'gen_ai.response.finish_reasons'
    | 'gen_ai.response.id'
    | 'gen_ai.response.model'
    | 'gen_ai.response.status'
    | 'gen_ai.system_instructions'
    | 'gen_ai.tool.definitions'
    | 'server.address'
    | 'server.port';
  readonly 'gen_ai.memory.client':
    | 'error.type'
    | 'gen_ai.memory.query.text'
    | 'gen_ai.memory.record.count'
    | 'gen_ai.memory.record.id'
    | 'gen_ai.memory.records'
    | 'gen_ai.memory.store.id'
    | 'gen_ai.operation.name'
    | 'gen_ai.provider.name'
    | 'server.address'
    | 'server.port';
  readonly 'gen_ai.create_agent.client':
    | 'error.type'
    | 'gen_ai.agent.description'
    | 'gen_ai.agent.id'
    | 'gen_ai.agent.name'
    | 'gen_ai.agent.version'
    | 'gen_ai.operation.name'
    | 'gen_ai.provider.name'
    | 'gen_ai.request.model'
    | 'gen_ai.system_instructions'
    | 'server.address'
    | 'server.port';
  readonly 'gen_ai.invoke_agent.client':
    | 'error.type'
    | 'gen_ai.agent.description'
    | 'gen_ai.agent.id'
    | 'gen_ai.agent.name'
    | 'gen_ai.agent.version'
    | 'gen_ai.conversation.id'
    | 'gen_ai.data_source.id'
    | 'gen_ai.input.messages'
    | 'gen_ai.operation.name'
    | 'gen_ai.output.messages'
    | 'gen_ai.output.type'
    | 'gen_ai.provider.name'
    | 'gen_ai.request.choice.count'
    | 'gen_ai.request.frequency_penalty'
    | 'gen_ai.request.max_tokens'
    | 'gen_ai.request.model'
    | 'gen_ai.request.presence_penalty'
    | 'gen_ai.request.previous_response.id'
    | 'gen_ai.request.seed'
    | 'gen_ai.request.stop_sequences'
    | 'gen_ai.request.temperature'
    | 'gen_ai.request.top_p'
    | 'gen_ai.response.finish_reasons'
    | 'gen_ai.system_instructions'
    | 'gen_ai.tool.definitions'
    | 'gen_ai.usage.audio.cache_read.input_tokens'
    | 'gen_ai.usage.audio.input_tokens'
    | 'gen_ai.usage.audio.output_tokens'
    | 'gen_ai.usage.cache_read.input_tokens'
    | 'gen_ai.usage.cache_write.input_tokens'
    | 'gen_ai.usage.image.cache_read.input_tokens'
    | 'gen_ai.usage.image.input_tokens'
    | 'gen_ai.usage.image.output_tokens'
    | 'gen_ai.usage.input_tokens'
    | 'gen_ai.usage.output_tokens'
    | 'gen_ai.usage.text.cache_read.input_tokens'
    | 'gen_ai.usage.text.input_tokens'
    | 'gen_ai.usage.text.output_tokens'
    | 'server.address'
    | 'server.port';
  readonly 'gen_ai.invoke_agent.internal':
    | 'error.type'
    | 'gen_ai.agent.description'
    | 'gen_ai.agent.name'
    | 'gen_ai.conversation.id'
    | 'gen_ai.data_source.id'
    | 'gen_ai.input.messages'
    | 'gen_ai.operation.name'
    | 'gen_ai.output.messages'
    | 'gen_ai.output.type'
    | 'gen_ai.request.choice.count'
    | 'gen_ai.request.frequency_penalty'
    | 'gen_ai.request.max_tokens'
    | 'gen_ai.request.model'
    | 'gen_ai.request.presence_penalty'
    | 'gen_ai.request.seed'
    | 'gen_ai.request.stop_sequences'
    | 'gen_ai.request.temperature'
    | 'gen_ai.request.top_p'
    | 'gen_ai.response.finish_reasons'
    | 'gen_ai.system_instructions'
    | 'gen_ai.tool.definitions'
    | 'gen_ai.usage.input_tokens'
    | 'gen_ai.usage.output_tokens';
  readonly 'gen_ai.invoke_workflow.internal':
    | 'error.type'
    | 'gen_ai.conversation.id'
    | 'gen_ai.input.messages'
    | 'gen_ai.operation.name'
    | 'gen_ai.output.messages'
    | 'gen_ai.workflow.name';
  readonly 'gen_ai.plan.internal':
    | 'error.type'
    | 'gen_ai.agent.name'
    | 'gen_ai.operation.name';
  readonly 'gen_ai.execute_tool.internal':
    | 'error.type'
    | 'gen_ai.agent.name'
    | 'gen_ai.conversation.id'
    | 'gen_ai.operation.name'
    | 'gen_ai.tool.call.arguments'
    | 'gen_ai.tool.call.id'
    | 'gen_ai.tool.call.result'
    | 'gen_ai.tool.description'
    | 'gen_ai.tool.name'
    | 'gen_ai.tool.type';
  readonly 'mcp.client':
    | 'error.type'
    | 'gen_ai.operation.name'
    | 'gen_ai.prompt.name'
    | `gen_ai.prompt.variable.${string}`
    | 'gen_ai.tool.call.arguments'
    | 'gen_ai.tool.call.result'
    | 'gen_ai.tool.name'
    | 'jsonrpc.protocol.version'
    | 'jsonrpc.request.id'
    | 'mcp.method.name'
    | 'mcp.protocol.version'
    | 'mcp.resource.uri'
    | 'mcp.session.id'
    | 'network.protocol.name'
    | 'network.protocol.version'
    | 'network.transport'
    | 'rpc.response.status_code'
    | 'server.address'
    | 'server.port';
  readonly 'mcp.server':
    | 'client.address'
    | 'client.port'
    | 'error.type'
    | 'gen_ai.operation.name'
    | 'gen_ai.prompt.name'
    | `gen_ai.prompt.variable.${string}`
    | 'gen_ai.tool.call.arguments'
    | 'gen_ai.tool.call.result'
    | 'gen_ai.tool.name'
    | 'jsonrpc.protocol.version'
    | 'jsonrpc.request.id'
    | 'mcp.method.name'
    | 'mcp.protocol.version'
    | 'mcp.resource.uri'
    | 'mcp.session.id'
    | 'network.protocol.name'
    | 'network.protocol.version'
    | 'network.transport'
    | 'rpc.response.status_code';
  readonly 'gen_ai.execute_tool.load_skill.internal':
    | 'error.type'
    | 'gen_ai.agent.name'
    | 'gen_ai.conversation.id'
    | 'gen_ai.operation.name'
    | 'gen_ai.skill.description'
    | 'gen_ai.skill.name'
    | 'gen_ai.skill.source.uri'
    | 'gen_ai.tool.call.arguments'
    | 'gen_ai.tool.call.id'
    | 'gen_ai.tool.call.result'
    | 'gen_ai.tool.description'
    | 'gen_ai.tool.name'
    | 'gen_ai.tool.type';
  readonly 'gen_ai.execute_tool.read_skill_resource.internal':
    | 'error.type'
    | 'gen_ai.agent.name'
    | 'gen_ai.conversation.id'
    | 'gen_ai.operation.name'
    | 'gen_ai.skill.description'
    | 'gen_ai.skill.name'
    | 'gen_ai.skill.resource.name'
    | 'gen_ai.skill.source.uri'
    | 'gen_ai.tool.call.arguments'
    | 'gen_ai.tool.call.id'
    | 'gen_ai.tool.call.result'
    | 'gen_ai.tool.description'
    | 'gen_ai.tool.name'
    | 'gen_ai.tool.type';
  readonly 'gen_ai.execute_tool.command.internal':
    | 'error.type'
    | 'gen_ai.agent.name'
    | 'gen_ai.conversation.id'
    | 'gen_ai.operation.name'
    | 'gen_ai.skill.description'
    | 'gen_ai.skill.name'
    | 'gen_ai.skill.resource.name'
    | 'gen_ai.skill.source.uri'
    | 'gen_ai.tool.call.arguments'
    | 'gen_ai.tool.call.id'
    | 'gen_ai.tool.call.result'
    | 'gen_ai.tool.description'
    | 'gen_ai.tool.name'
    | 'gen_ai.tool.type'
    | 'process.executable.name'
    | 'process.executable.path'
    | 'process.exit.code';
  readonly 'openai.gen_ai.client.inference':
    | 'error.type'
    | 'gen_ai.conversation.compacted'
    | 'gen_ai.conversation.id'
    | 'gen_ai.input.messages'
    | 'gen_ai.operation.name'
    | 'gen_ai.output.messages'
    | 'gen_ai.output.type'
    | 'gen_ai.prompt.name'
    | `gen_ai.prompt.variable.${string}`
    | 'gen_ai.prompt.version'
    | 'gen_ai.provider.name'
    | 'gen_ai.request.choice.count'
    | 'gen_ai.request.frequency_penalty'
    | 'gen_ai.request.max_tokens'
    | 'gen_ai.request.model'
    | 'gen_ai.request.presence_penalty'
    | 'gen_ai.request.previous_response.id'
    | 'gen_ai.request.reasoning.level'
    | 'gen_ai.request.seed'
    | 'gen_ai.request.stop_sequences'
    | 'gen_ai.request.stream'
    | 'gen_ai.request.temperature'
    | 'gen_ai.request.top_k'
    | 'gen_ai.request.top_p'
    | 'gen_ai.response.finish_reasons'
    | 'gen_ai.response.id'
    | 'gen_ai.response.model'
    | 'gen_ai.response.time_to_first_chunk'
    | 'gen_ai.system_instructions'
    | 'gen_ai.tool.definitions'
    | 'gen_ai.usage.audio.cache_read.input_tokens'
    | 'gen_ai.usage.audio.input_tokens'
    | 'gen_ai.usage.audio.output_tokens'
    | 'gen_ai.usage.cache_read.input_tokens'
    | 'gen_ai.usage.cache_write.input_tokens'
    | 'gen_ai.usage.image.cache_read.input_tokens'
    | 'gen_ai.usage.image.input_tokens'
    | 'gen_ai.usage.image.output_tokens'
    | 'gen_ai.usage.input_tokens'
    | 'gen_ai.usage.output_tokens'
    | 'gen_ai.usage.reasoning.output_tokens'
    | 'gen_ai.usage.text.cache_read.input_tokens'
    | 'gen_ai.usage.text.input_tokens'
    | 'gen_ai.usage.text.output_tokens'
    | 'openai.api.type'
    | 'openai.request.service_tier'
    | 'openai.response.service_tier'
    | 'openai.response.system_fingerprint'
    | 'server.address'
    | 'server.port';
  readonly 'openai.fetch_response.client':
    | 'error.type'
    | 'gen_ai.operation.name'
    | 'gen_ai.output.messages'
    | 'gen_ai.provider.name'
    | 'gen_ai.request.stream_cursor'
    | 'gen_ai.response.finish_reasons'
    | 'gen_ai.response.id'
    | 'gen_ai.response.model'
    | 'gen_ai.response.status'
    | 'gen_ai.system_instructions'
    | 'gen_ai.tool.definitions'
    | 'openai.api.type'
    | 'openai.response.service_tier'
    | 'server.address'
    | 'server.port';
  readonly 'azure.ai.inference.gen_ai.client.inference':
    | 'azure.resource_provider.namespace'
    | 'error.type'
    | 'gen_ai.conversation.compacted'
    | 'gen_ai.conversation.id'
    | 'gen_ai.input.messages'
    | 'gen_ai.operation.name'
    | 'gen_ai.output.messages'
    | 'gen_ai.output.type'
    | 'gen_ai.prompt.name'
    | `gen_ai.prompt.variable.${string}`
    | 'gen_ai.prompt.version'
    | 'gen_ai.provider.name'
    | 'gen_ai.request.choice.count'
    | 'gen_ai.request.frequency_penalty'
    | 'gen_ai.request.max_tokens'
    | 'gen_ai.request.model'
    | 'gen_ai.request.presence_penalty'
    | 'gen_ai.request.previous_response.id'
    | 'gen_ai.request.reasoning.level'
    | 'gen_ai.request.seed'
    | 'gen_ai.request.stop_sequences'
    | 'gen_ai.request.stream'
    | 'gen_ai.request.temperature'
    | 'gen_ai.request.top_k'
    | 'gen_ai.request.top_p'
    | 'gen_ai.response.finish_reasons'
    | 'gen_ai.response.id'
    | 'gen_ai.response.model'
    | 'gen_ai.response.time_to_first_chunk'
    | 'gen_ai.system_instructions'
    | 'gen_ai.tool.definitions'
    | 'gen_ai.usage.audio.cache_read.input_tokens'
    | 'gen_ai.usage.audio.input_tokens'
    | 'gen_ai.usage.audio.output_tokens'
    | 'gen_ai.usage.cache_read.input_tokens'
    | 'gen_ai.usage.cache_write.input_tokens'
    | 'gen_ai.usage.image.cache_read.input_tokens'
    | 'gen_ai.usage.image.input_tokens'
    | 'gen_ai.usage.image.output_tokens'
    | 'gen_ai.usage.input_tokens'
    | 'gen_ai.usage.output_tokens'
    | 'gen_ai.usage.reasoning.output_tokens'
    | 'gen_ai.usage.text.cache_read.input_tokens'
    | 'gen_ai.usage.text.input_tokens'
    | 'gen_ai.usage.text.output_tokens'
    | 'server.address'
    | 'server.port';
  readonly 'anthropic.gen_ai.client.inference':
    | 'error.type'
    | 'gen_ai.conversation.compacted'
    | 'gen_ai.conversation.id'
    | 'gen_ai.input.messages'
    | 'gen_ai.operation.name'
    | 'gen_ai.output.messages'
    | 'gen_ai.output.type'
    | 'gen_ai.prompt.name'
    | `gen_ai.prompt.variable.${string}`
    | 'gen_ai.prompt.version'
    | 'gen_ai.provider.name'
    | 'gen_ai.request.choice.count'
    | 'gen_ai.request.frequency_penalty'
    | 'gen_ai.request.max_tokens'
    | 'gen_ai.request.model'
    | 'gen_ai.request.presence_penalty'
    | 'gen_ai.request.previous_response.id'
    | 'gen_ai.request.reasoning.level'
    | 'gen_ai.request.seed'
    | 'gen_ai.request.stop_sequences'
    | 'gen_ai.request.stream'
    | 'gen_ai.request.temperature'
    | 'gen_ai.request.top_k'
    | 'gen_ai.request.top_p'
    | 'gen_ai.response.finish_reasons'
    | 'gen_ai.response.id'
    | 'gen_ai.response.model'
    | 'gen_ai.response.time_to_first_chunk'
    | 'gen_ai.system_instructions'
    | 'gen_ai.tool.definitions'
    | 'gen_ai.usage.audio.cache_read.input_tokens'
    | 'gen_ai.usage.audio.input_tokens'
    | 'gen_ai.usage.audio.output_tokens'
    | 'gen_ai.usage.cache_read.input_tokens'
    | 'gen_ai.usage.cache_write.input_tokens'
    | 'gen_ai.usage.image.cache_read.input_tokens'
    | 'gen_ai.usage.image.input_tokens'
    | 'gen_ai.usage.image.output_tokens'
    | 'gen_ai.usage.input_tokens'
    | 'gen_ai.usage.output_tokens'
    | 'gen_ai.usage.reasoning.output_tokens'
    | 'gen_ai.usage.text.cache_read.input_tokens'
    | 'gen_ai.usage.text.input_tokens'
    | 'gen_ai.usage.text.output_tokens'
    | 'server.address'
    | 'server.port';
  readonly 'aws.bedrock.gen_ai.client.inference':
    | 'aws.bedrock.guardrail.id'
    | 'aws.bedrock.knowledge_base.id'
    | 'error.type'
    | 'gen_ai.conversation.compacted'
    | 'gen_ai.conversation.id'
    | 'gen_ai.input.messages'
    | 'gen_ai.operation.name'
    | 'gen_ai.output.messages'
    | 'gen_ai.output.type'
    | 'gen_ai.prompt.name'
    | `gen_ai.prompt.variable.${string}`
    | 'gen_ai.prompt.version'
    | 'gen_ai.provider.name'
    | 'gen_ai.request.choice.count'
    | 'gen_ai.request.frequency_penalty'
    | 'gen_ai.request.max_tokens'
    | 'gen_ai.request.model'
    | 'gen_ai.request.presence_penalty'
    | 'gen_ai.request.previous_response.id'
    | 'gen_ai.request.reasoning.level'
    | 'gen_ai.request.seed'
    | 'gen_ai.request.stop_sequences'
    | 'gen_ai.request.stream'
    | 'gen_ai.request.temperature'
    | 'gen_ai.request.top_k'
    | 'gen_ai.request.top_p'
    | 'gen_ai.response.finish_reasons'
    | 'gen_ai.response.id'
    | 'gen_ai.response.model'
    | 'gen_ai.response.time_to_first_chunk'
    | 'gen_ai.system_instructions'
    | 'gen_ai.tool.definitions'
    | 'gen_ai.usage.audio.cache_read.input_tokens'
    | 'gen_ai.usage.audio.input_tokens'
    | 'gen_ai.usage.audio.output_tokens'
    | 'gen_ai.usage.cache_read.input_tokens'
    | 'gen_ai.usage.cache_write.input_tokens'
    | 'gen_ai.usage.image.cache_read.input_tokens'
    | 'gen_ai.usage.image.input_tokens'
    | 'gen_ai.usage.image.output_tokens'
    | 'gen_ai.usage.input_tokens'
    | 'gen_ai.usage.output_tokens'
    | 'gen_ai.usage.reasoning.output_tokens'
    | 'gen_ai.usage.text.cache_read.input_tokens'
    | 'gen_ai.usage.text.input_tokens'
    | 'gen_ai.usage.text.output_tokens'
    | 'server.address'
    | 'server.port';
}

/** The operations that each kind of span stands for. */
export interface SpanOperations {
  readonly 'gen_ai.client.inference': 'chat' | 'generate_content' | 'text_completion';
  readonly 'gen_ai.embeddings.client': 'embeddings';
  readonly 'gen_ai.retrieval.client': 'retrieval';
  readonly 'gen_ai.fetch_response.client': 'fetch_response';
  readonly 'gen_ai.memory.client': 'create_memory_store' | 'delete_memory_store' | 'create_memory' | 'update_memory' | 'upsert_memory' | 'search_memory' | 'delete_memory';
  readonly 'gen_ai.create_agent.client': 'create_agent';
  readonly 'gen_ai.invoke_agent.client': 'invoke_agent';
  readonly 'gen_ai.invoke_agent.internal': 'invoke_agent';
  readonly 'gen_ai.invoke_workflow.internal': 'invoke_workflow';
  readonly 'gen_ai.plan.internal': 'plan';
  readonly 'gen_ai.execute_tool.internal': 'execute_tool';
  readonly 'mcp.client': 'execute_tool';
  readonly 'mcp.server': 'execute_tool';
  readonly 'gen_ai.execute_tool.load_skill.internal': 'execute_tool';
  readonly 'gen_ai.execute_tool.read_skill_resource.internal': 'execute_tool';
  readonly 'gen_ai.execute_tool.command.internal': 'execute_tool';
  readonly 'openai.gen_ai.client.inference': 'chat' | 'generate_content' | 'text_completion';
  readonly 'openai.fetch_response.client': 'fetch_response';
  readonly 'azure.ai.inference.gen_ai.client.inference': 'chat' | 'generate_content' | 'text_completion';
  readonly 'anthropic.gen_ai.client.inference': 'chat' | 'generate_content' | 'text_completion';
  readonly 'aws.bedrock.gen_ai.client.inference': 'chat' | 'generate_content' | 'text_completion';
}

/** The kinds of span that one provider alone has. */
export interface ProviderSpans {
  readonly 'openai': 'openai.gen_ai.client.inference' | 'openai.fetch_response.client';
  readonly 'azure.ai.inference': 'azure.ai.inference.gen_ai.client.inference';
  readonly 'anthropic': 'anthropic.gen_ai.client.inference';
  readonly 'aws.bedrock': 'aws.bedrock.gen_ai.client.inference';
}
