// Generated from tooling/semconv/model by tooling/semconv/generate.ts. Do not edit.

import type { MetricDefinition } from '../model-types.ts';

/** How long inference calls take. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_DURATION = 'gen_ai.client.inference.duration' as const;
/** Input tokens per call. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_INPUT_TOKENS = 'gen_ai.client.inference.operation.input_tokens' as const;
/** Output tokens per call. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS = 'gen_ai.client.inference.operation.output_tokens' as const;
/** Time between two chunks of a stream. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK = 'gen_ai.client.inference.time_per_output_chunk' as const;
/** Time from the request to the first chunk of a stream. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK = 'gen_ai.client.inference.time_to_first_chunk' as const;
/** Input tokens read from the provider cache. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS = 'gen_ai.client.inference.usage.cache_read.input_tokens' as const;
/** Input tokens written to the provider cache. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS = 'gen_ai.client.inference.usage.cache_write.input_tokens' as const;
/** Input tokens used. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS = 'gen_ai.client.inference.usage.input_tokens' as const;
/** Output tokens used. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS = 'gen_ai.client.inference.usage.output_tokens' as const;
/** Output tokens spent on reasoning. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS = 'gen_ai.client.inference.usage.reasoning.output_tokens' as const;
/** How long client operations other than inference take. */
export const METRIC_GEN_AI_CLIENT_OPERATION_DURATION = 'gen_ai.client.operation.duration' as const;
/** How long tool calls take. */
export const METRIC_GEN_AI_EXECUTE_TOOL_DURATION = 'gen_ai.execute_tool.duration' as const;
/** How long agent runs take. */
export const METRIC_GEN_AI_INVOKE_AGENT_DURATION = 'gen_ai.invoke_agent.duration' as const;
/** Inference calls an agent makes in one run. */
export const METRIC_GEN_AI_INVOKE_AGENT_INFERENCE_CALLS = 'gen_ai.invoke_agent.inference_calls' as const;
/** Tool calls an agent makes in one run. */
export const METRIC_GEN_AI_INVOKE_AGENT_TOOL_CALLS = 'gen_ai.invoke_agent.tool_calls' as const;
/** How long workflows take. */
export const METRIC_GEN_AI_INVOKE_WORKFLOW_DURATION = 'gen_ai.invoke_workflow.duration' as const;
/** How long the model server takes for a request. */
export const METRIC_GEN_AI_SERVER_REQUEST_DURATION = 'gen_ai.server.request.duration' as const;
/** Time the model server takes per token after the first. */
export const METRIC_GEN_AI_SERVER_TIME_PER_OUTPUT_TOKEN = 'gen_ai.server.time_per_output_token' as const;
/** Time the model server takes to the first token. */
export const METRIC_GEN_AI_SERVER_TIME_TO_FIRST_TOKEN = 'gen_ai.server.time_to_first_token' as const;
/** How long agents wait for people. */
export const METRIC_LLM_OTEL_AGENT_APPROVAL_WAITING_TIME = 'llm_otel.agent.approval.waiting_time' as const;
/** Cost of the model calls of an agent, in millionths of a US dollar, not rounded; its own calls only. */
export const METRIC_LLM_OTEL_AGENT_RUN_COST = 'llm_otel.agent.run.cost' as const;
/** Steps an agent makes in one run. */
export const METRIC_LLM_OTEL_AGENT_RUN_STEPS = 'llm_otel.agent.run.steps' as const;
/** How long steps of agents take. */
export const METRIC_LLM_OTEL_AGENT_STEP_DURATION = 'llm_otel.agent.step.duration' as const;
/** Cost of inference and embeddings calls at list price, in millionths of a US dollar, not rounded. */
export const METRIC_LLM_OTEL_CLIENT_INFERENCE_COST = 'llm_otel.client.inference.cost' as const;
/** Results of evaluations, by their label. */
export const METRIC_LLM_OTEL_EVALUATION_RESULTS = 'llm_otel.evaluation.results' as const;
/** Scores of evaluations. */
export const METRIC_LLM_OTEL_EVALUATION_SCORE = 'llm_otel.evaluation.score' as const;
/** How long MCP requests take, as the sender sees it. */
export const METRIC_MCP_CLIENT_OPERATION_DURATION = 'mcp.client.operation.duration' as const;
/** How long MCP sessions last, as the client sees it. */
export const METRIC_MCP_CLIENT_SESSION_DURATION = 'mcp.client.session.duration' as const;
/** How long MCP requests take, as the receiver sees it. */
export const METRIC_MCP_SERVER_OPERATION_DURATION = 'mcp.server.operation.duration' as const;
/** How long MCP sessions last, as the server sees it. */
export const METRIC_MCP_SERVER_SESSION_DURATION = 'mcp.server.session.duration' as const;

export type MetricName =
  | typeof METRIC_GEN_AI_CLIENT_INFERENCE_DURATION
  | typeof METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_INPUT_TOKENS
  | typeof METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS
  | typeof METRIC_GEN_AI_CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK
  | typeof METRIC_GEN_AI_CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK
  | typeof METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS
  | typeof METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS
  | typeof METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS
  | typeof METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS
  | typeof METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS
  | typeof METRIC_GEN_AI_CLIENT_OPERATION_DURATION
  | typeof METRIC_GEN_AI_EXECUTE_TOOL_DURATION
  | typeof METRIC_GEN_AI_INVOKE_AGENT_DURATION
  | typeof METRIC_GEN_AI_INVOKE_AGENT_INFERENCE_CALLS
  | typeof METRIC_GEN_AI_INVOKE_AGENT_TOOL_CALLS
  | typeof METRIC_GEN_AI_INVOKE_WORKFLOW_DURATION
  | typeof METRIC_GEN_AI_SERVER_REQUEST_DURATION
  | typeof METRIC_GEN_AI_SERVER_TIME_PER_OUTPUT_TOKEN
  | typeof METRIC_GEN_AI_SERVER_TIME_TO_FIRST_TOKEN
  | typeof METRIC_LLM_OTEL_AGENT_APPROVAL_WAITING_TIME
  | typeof METRIC_LLM_OTEL_AGENT_RUN_COST
  | typeof METRIC_LLM_OTEL_AGENT_RUN_STEPS
  | typeof METRIC_LLM_OTEL_AGENT_STEP_DURATION
  | typeof METRIC_LLM_OTEL_CLIENT_INFERENCE_COST
  | typeof METRIC_LLM_OTEL_EVALUATION_RESULTS
  | typeof METRIC_LLM_OTEL_EVALUATION_SCORE
  | typeof METRIC_MCP_CLIENT_OPERATION_DURATION
  | typeof METRIC_MCP_CLIENT_SESSION_DURATION
  | typeof METRIC_MCP_SERVER_OPERATION_DURATION
  | typeof METRIC_MCP_SERVER_SESSION_DURATION;

const SHARED_1 = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] as const;
const SHARED_2 = {
  'error.type': { level: 'conditional', when: 'the operation failed', ifFailed: true },
  'gen_ai.operation.name': { level: 'required' },
  'gen_ai.provider.name': { level: 'required' },
  'gen_ai.request.model': { level: 'conditional', when: 'known' },
  'gen_ai.response.model': { level: 'recommended' },
  'server.address': { level: 'recommended' },
  'server.port': { level: 'conditional', when: 'server.address is set', ifSet: 'server.address' },
} as const;
const SHARED_3 = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864] as const;
const SHARED_4 = {
  'gen_ai.operation.name': { level: 'required' },
  'gen_ai.provider.name': { level: 'required' },
  'gen_ai.request.model': { level: 'conditional', when: 'known' },
  'gen_ai.response.model': { level: 'recommended' },
  'server.address': { level: 'recommended' },
  'server.port': { level: 'conditional', when: 'server.address is set', ifSet: 'server.address' },
} as const;
const SHARED_5 = {
  'gen_ai.operation.name': { level: 'required' },
  'gen_ai.provider.name': { level: 'required' },
  'gen_ai.request.model': { level: 'conditional', when: 'known' },
  'gen_ai.response.model': { level: 'recommended' },
  'gen_ai.token.modality': { level: 'required' },
  'server.address': { level: 'recommended' },
  'server.port': { level: 'conditional', when: 'server.address is set', ifSet: 'server.address' },
} as const;
const SHARED_6 = {
  'error.type': { level: 'conditional', when: 'the operation failed', ifFailed: true },
  'gen_ai.operation.name': { level: 'required' },
  'gen_ai.provider.name': { level: 'conditional', when: 'a provider is called' },
  'gen_ai.request.model': { level: 'conditional', when: 'known' },
  'gen_ai.response.model': { level: 'recommended' },
  'server.address': { level: 'recommended' },
  'server.port': { level: 'conditional', when: 'server.address is set', ifSet: 'server.address' },
} as const;
const SHARED_7 = {
  'error.type': { level: 'conditional', when: 'the operation failed', ifFailed: true },
  'gen_ai.agent.name': { level: 'conditional', when: 'it applies' },
  'gen_ai.tool.name': { level: 'required' },
  'gen_ai.tool.type': { level: 'recommended', when: 'known' },
} as const;
const SHARED_8 = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6] as const;
const SHARED_9 = {
  'error.type': { level: 'conditional', when: 'the operation failed', ifFailed: true },
  'gen_ai.agent.name': { level: 'conditional', when: 'known' },
  'gen_ai.request.model': { level: 'recommended', when: 'it applies' },
} as const;
const SHARED_10 = [1, 2, 4, 8, 16, 32, 64, 128] as const;
const SHARED_11 = {
  'gen_ai.agent.name': { level: 'recommended' },
} as const;
const SHARED_12 = [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200] as const;
const SHARED_13 = {
  'error.type': { level: 'conditional', when: 'the operation failed', ifFailed: true },
  'gen_ai.workflow.name': { level: 'conditional', when: 'known' },
} as const;
const SHARED_14 = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5] as const;
const SHARED_15 = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] as const;
const SHARED_16 = {
  'gen_ai.agent.name': { level: 'conditional', when: 'known' },
  'llm_otel.approval.name': { level: 'required' },
  'llm_otel.approval.outcome': { level: 'conditional', when: 'there is one' },
} as const;
const SHARED_17 = {
  'gen_ai.agent.name': { level: 'conditional', when: 'known' },
} as const;
const SHARED_18 = {
  'error.type': { level: 'conditional', when: 'the step failed', ifFailed: true },
  'gen_ai.agent.name': { level: 'conditional', when: 'known' },
  'llm_otel.step.name': { level: 'required' },
} as const;
const SHARED_19 = {
  'error.type': { level: 'conditional', when: 'the evaluation failed', ifFailed: true },
  'gen_ai.evaluation.name': { level: 'required' },
  'gen_ai.evaluation.score.label': { level: 'conditional', when: 'there is one' },
} as const;
const SHARED_20 = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;
const SHARED_21 = {
  'gen_ai.evaluation.name': { level: 'required' },
  'gen_ai.evaluation.score.label': { level: 'conditional', when: 'there is one' },
} as const;
const SHARED_22 = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300] as const;
const SHARED_23 = {
  'error.type': { level: 'conditional', when: 'the operation failed', ifFailed: true },
  'gen_ai.operation.name': { level: 'recommended', when: 'execute_tool on a tool call, otherwise absent' },
  'gen_ai.prompt.name': { level: 'conditional', when: 'one prompt is concerned' },
  'gen_ai.prompt.variable': { level: 'opt_in' },
  'gen_ai.tool.name': { level: 'conditional', when: 'one tool is concerned' },
  'jsonrpc.protocol.version': { level: 'recommended', when: 'another version than 2.0' },
  'mcp.method.name': { level: 'required' },
  'mcp.protocol.version': { level: 'recommended' },
  'mcp.resource.uri': { level: 'opt_in' },
  'network.protocol.name': { level: 'recommended', when: 'it applies' },
  'network.protocol.version': { level: 'recommended', when: 'it applies' },
  'network.transport': { level: 'recommended' },
  'rpc.response.status_code': { level: 'conditional', when: 'the response has an error code' },
  'server.address': { level: 'recommended', when: 'it applies' },
  'server.port': { level: 'recommended', when: 'server.address is set', onlyWith: 'server.address' },
} as const;
const SHARED_24 = {
  'error.type': { level: 'conditional', when: 'the session ended with an error', ifFailed: true },
  'jsonrpc.protocol.version': { level: 'recommended', when: 'another version than 2.0' },
  'mcp.protocol.version': { level: 'recommended' },
  'network.protocol.name': { level: 'recommended', when: 'it applies' },
  'network.protocol.version': { level: 'recommended', when: 'it applies' },
  'network.transport': { level: 'recommended' },
  'server.address': { level: 'recommended', when: 'it applies' },
  'server.port': { level: 'recommended', when: 'server.address is set', onlyWith: 'server.address' },
} as const;
const SHARED_25 = {
  'error.type': { level: 'conditional', when: 'the operation failed', ifFailed: true },
  'gen_ai.operation.name': { level: 'recommended', when: 'execute_tool on a tool call, otherwise absent' },
  'gen_ai.prompt.name': { level: 'conditional', when: 'one prompt is concerned' },
  'gen_ai.prompt.variable': { level: 'opt_in' },
  'gen_ai.tool.name': { level: 'conditional', when: 'one tool is concerned' },
  'jsonrpc.protocol.version': { level: 'recommended', when: 'another version than 2.0' },
  'mcp.method.name': { level: 'required' },
  'mcp.protocol.version': { level: 'recommended' },
  'mcp.resource.uri': { level: 'opt_in' },
  'network.protocol.name': { level: 'recommended', when: 'it applies' },
  'network.protocol.version': { level: 'recommended', when: 'it applies' },
  'network.transport': { level: 'recommended' },
  'rpc.response.status_code': { level: 'conditional', when: 'the response has an error code' },
} as const;
const SHARED_26 = {
  'error.type': { level: 'conditional', when: 'the session ended with an error', ifFailed: true },
  'jsonrpc.protocol.version': { level: 'recommended', when: 'another version than 2.0' },
  'mcp.protocol.version': { level: 'recommended' },
  'network.protocol.name': { level: 'recommended', when: 'it applies' },
  'network.protocol.version': { level: 'recommended', when: 'it applies' },
  'network.transport': { level: 'recommended' },
} as const;

/** Every metric of the conventions, and ours, with unit, instrument, advised buckets and attributes. */
export const genAiMetricDefinitions: Readonly<Record<MetricName, MetricDefinition>> = {
  [METRIC_GEN_AI_CLIENT_INFERENCE_DURATION]: {
    name: METRIC_GEN_AI_CLIENT_INFERENCE_DURATION,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'How long inference calls take',
    buckets: SHARED_1,
    attributes: SHARED_2,
  },
  [METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_INPUT_TOKENS]: {
    name: METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_INPUT_TOKENS,
    instrument: 'histogram',
    unit: '{token}',
    valueType: 'int',
    description: 'Input tokens per call',
    buckets: SHARED_3,
    attributes: SHARED_4,
  },
  [METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS]: {
    name: METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS,
    instrument: 'histogram',
    unit: '{token}',
    valueType: 'int',
    description: 'Output tokens per call',
    buckets: SHARED_3,
    attributes: SHARED_4,
  },
  [METRIC_GEN_AI_CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK]: {
    name: METRIC_GEN_AI_CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'Time between two chunks of a stream',
    when: 'the call streams; one record per chunk after the first',
    buckets: SHARED_1,
    attributes: SHARED_4,
  },
  [METRIC_GEN_AI_CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK]: {
    name: METRIC_GEN_AI_CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'Time from the request to the first chunk of a stream',
    when: 'the call streams',
    buckets: SHARED_1,
    attributes: SHARED_4,
  },
  [METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS]: {
    name: METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS,
    instrument: 'counter',
    unit: '{token}',
    valueType: 'int',
    description: 'Input tokens read from the provider cache',
    attributes: SHARED_5,
  },
  [METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS]: {
    name: METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS,
    instrument: 'counter',
    unit: '{token}',
    valueType: 'int',
    description: 'Input tokens written to the provider cache',
    attributes: SHARED_5,
  },
  [METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS]: {
    name: METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS,
    instrument: 'counter',
    unit: '{token}',
    valueType: 'int',
    description: 'Input tokens used',
    attributes: SHARED_5,
  },
  [METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS]: {
    name: METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS,
    instrument: 'counter',
    unit: '{token}',
    valueType: 'int',
    description: 'Output tokens used',
    attributes: SHARED_5,
  },
  [METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS]: {
    name: METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS,
    instrument: 'counter',
    unit: '{token}',
    valueType: 'int',
    description: 'Output tokens spent on reasoning',
    attributes: SHARED_5,
  },
  [METRIC_GEN_AI_CLIENT_OPERATION_DURATION]: {
    name: METRIC_GEN_AI_CLIENT_OPERATION_DURATION,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'How long client operations other than inference take',
    when: 'client operations other than inference',
    buckets: SHARED_1,
    attributes: SHARED_6,
  },
  [METRIC_GEN_AI_EXECUTE_TOOL_DURATION]: {
    name: METRIC_GEN_AI_EXECUTE_TOOL_DURATION,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'How long tool calls take',
    buckets: SHARED_1,
    attributes: SHARED_7,
  },
  [METRIC_GEN_AI_INVOKE_AGENT_DURATION]: {
    name: METRIC_GEN_AI_INVOKE_AGENT_DURATION,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'How long agent runs take',
    buckets: SHARED_8,
    attributes: SHARED_9,
  },
  [METRIC_GEN_AI_INVOKE_AGENT_INFERENCE_CALLS]: {
    name: METRIC_GEN_AI_INVOKE_AGENT_INFERENCE_CALLS,
    instrument: 'histogram',
    unit: '{inference_call}',
    valueType: 'int',
    description: 'Inference calls an agent makes in one run',
    buckets: SHARED_10,
    attributes: SHARED_11,
  },
  [METRIC_GEN_AI_INVOKE_AGENT_TOOL_CALLS]: {
    name: METRIC_GEN_AI_INVOKE_AGENT_TOOL_CALLS,
    instrument: 'histogram',
    unit: '{tool_call}',
    valueType: 'int',
    description: 'Tool calls an agent makes in one run',
    buckets: SHARED_10,
    attributes: SHARED_11,
  },
  [METRIC_GEN_AI_INVOKE_WORKFLOW_DURATION]: {
    name: METRIC_GEN_AI_INVOKE_WORKFLOW_DURATION,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'How long workflows take',
    buckets: SHARED_12,
    attributes: SHARED_13,
  },
  [METRIC_GEN_AI_SERVER_REQUEST_DURATION]: {
    name: METRIC_GEN_AI_SERVER_REQUEST_DURATION,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'How long the model server takes for a request',
    buckets: SHARED_1,
    attributes: SHARED_2,
  },
  [METRIC_GEN_AI_SERVER_TIME_PER_OUTPUT_TOKEN]: {
    name: METRIC_GEN_AI_SERVER_TIME_PER_OUTPUT_TOKEN,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'Time the model server takes per token after the first',
    buckets: SHARED_14,
    attributes: SHARED_4,
  },
  [METRIC_GEN_AI_SERVER_TIME_TO_FIRST_TOKEN]: {
    name: METRIC_GEN_AI_SERVER_TIME_TO_FIRST_TOKEN,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'Time the model server takes to the first token',
    buckets: SHARED_15,
    attributes: SHARED_4,
  },
  [METRIC_LLM_OTEL_AGENT_APPROVAL_WAITING_TIME]: {
    name: METRIC_LLM_OTEL_AGENT_APPROVAL_WAITING_TIME,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'How long agents wait for people',
    buckets: SHARED_12,
    attributes: SHARED_16,
  },
  [METRIC_LLM_OTEL_AGENT_RUN_COST]: {
    name: METRIC_LLM_OTEL_AGENT_RUN_COST,
    instrument: 'counter',
    unit: '{micro_usd}',
    valueType: 'double',
    description: 'Cost of the model calls of an agent, in millionths of a US dollar, not rounded; its own calls only',
    attributes: SHARED_17,
  },
  [METRIC_LLM_OTEL_AGENT_RUN_STEPS]: {
    name: METRIC_LLM_OTEL_AGENT_RUN_STEPS,
    instrument: 'histogram',
    unit: '{step}',
    valueType: 'int',
    description: 'Steps an agent makes in one run',
    buckets: SHARED_10,
    attributes: SHARED_11,
  },
  [METRIC_LLM_OTEL_AGENT_STEP_DURATION]: {
    name: METRIC_LLM_OTEL_AGENT_STEP_DURATION,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'How long steps of agents take',
    buckets: SHARED_1,
    attributes: SHARED_18,
  },
  [METRIC_LLM_OTEL_CLIENT_INFERENCE_COST]: {
    name: METRIC_LLM_OTEL_CLIENT_INFERENCE_COST,
    instrument: 'counter',
    unit: '{micro_usd}',
    valueType: 'double',
    description: 'Cost of inference and embeddings calls at list price, in millionths of a US dollar, not rounded',
    attributes: SHARED_4,
  },
  [METRIC_LLM_OTEL_EVALUATION_RESULTS]: {
    name: METRIC_LLM_OTEL_EVALUATION_RESULTS,
    instrument: 'counter',
    unit: '{evaluation}',
    valueType: 'int',
    description: 'Results of evaluations, by their label',
    attributes: SHARED_19,
  },
  [METRIC_LLM_OTEL_EVALUATION_SCORE]: {
    name: METRIC_LLM_OTEL_EVALUATION_SCORE,
    instrument: 'histogram',
    unit: '1',
    valueType: 'double',
    description: 'Scores of evaluations',
    when: 'the evaluation gives a number',
    buckets: SHARED_20,
    attributes: SHARED_21,
  },
  [METRIC_MCP_CLIENT_OPERATION_DURATION]: {
    name: METRIC_MCP_CLIENT_OPERATION_DURATION,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'How long MCP requests take, as the sender sees it',
    buckets: SHARED_22,
    attributes: SHARED_23,
  },
  [METRIC_MCP_CLIENT_SESSION_DURATION]: {
    name: METRIC_MCP_CLIENT_SESSION_DURATION,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'How long MCP sessions last, as the client sees it',
    buckets: SHARED_22,
    attributes: SHARED_24,
  },
  [METRIC_MCP_SERVER_OPERATION_DURATION]: {
    name: METRIC_MCP_SERVER_OPERATION_DURATION,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'How long MCP requests take, as the receiver sees it',
    buckets: SHARED_22,
    attributes: SHARED_25,
  },
  [METRIC_MCP_SERVER_SESSION_DURATION]: {
    name: METRIC_MCP_SERVER_SESSION_DURATION,
    instrument: 'histogram',
    unit: 's',
    valueType: 'double',
    description: 'How long MCP sessions last, as the server sees it',
    buckets: SHARED_22,
    attributes: SHARED_26,
  },
};
