// Generated from tooling/semconv/model by tooling/semconv/generate.ts. Do not edit.

import type { EventDefinition } from '../model-types.ts';

/** The inference call in full, content included where it is switched on. */
export const EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS = 'gen_ai.client.inference.operation.details' as const;
/** Exception of a client operation. */
export const EVENT_GEN_AI_CLIENT_OPERATION_EXCEPTION = 'gen_ai.client.operation.exception' as const;
/** Result of evaluating an output; its parent is the span judged. */
export const EVENT_GEN_AI_EVALUATION_RESULT = 'gen_ai.evaluation.result' as const;
/** A budget of the run was exceeded. */
export const EVENT_LLM_OTEL_BUDGET_EXCEEDED = 'llm_otel.budget.exceeded' as const;
/** An agent handed its work to another one. */
export const EVENT_LLM_OTEL_HAND_OVER = 'llm_otel.hand_over' as const;
/** The run repeats itself. */
export const EVENT_LLM_OTEL_LOOP = 'llm_otel.loop' as const;
/** The state of the run was saved. */
export const EVENT_LLM_OTEL_RUN_CHECKPOINT = 'llm_otel.run.checkpoint' as const;

/** Every event of the conventions, and ours. */
export const genAiEventDefinitions: Readonly<Record<string, EventDefinition>> = {
  [EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS]: {
    name: EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS,
    level: 'recommended',
    severityNumber: 5,
    attributes: {
      'error.type': { level: 'conditional', when: 'the operation failed', ifFailed: true },
      'gen_ai.conversation.compacted': { level: 'recommended', when: 'known', value: true },
      'gen_ai.conversation.id': { level: 'conditional', when: 'the library has one or the application gives one' },
      'gen_ai.input.messages': { level: 'opt_in' },
      'gen_ai.operation.name': { level: 'required', sampling: true },
      'gen_ai.output.messages': { level: 'opt_in' },
      'gen_ai.output.type': { level: 'conditional', when: 'the request names an output format' },
      'gen_ai.prompt.name': { level: 'conditional', when: 'a named template is used' },
      'gen_ai.prompt.variable': { level: 'opt_in' },
      'gen_ai.prompt.version': { level: 'conditional', when: 'gen_ai.prompt.name is set and the version is known', onlyWith: 'gen_ai.prompt.name' },
      'gen_ai.provider.name': { level: 'required', sampling: true },
      'gen_ai.request.choice.count': { level: 'conditional', when: 'the request asks for another number than 1', notValue: 1 },
      'gen_ai.request.frequency_penalty': { level: 'recommended' },
      'gen_ai.request.max_tokens': { level: 'recommended' },
      'gen_ai.request.model': { level: 'conditional', when: 'known', sampling: true },
      'gen_ai.request.presence_penalty': { level: 'recommended' },
      'gen_ai.request.previous_response.id': { level: 'recommended', when: 'the request builds on an earlier response' },
      'gen_ai.request.reasoning.level': { level: 'recommended', when: 'it applies' },
      'gen_ai.request.seed': { level: 'conditional', when: 'the request has a seed' },
      'gen_ai.request.stop_sequences': { level: 'recommended' },
      'gen_ai.request.stream': { level: 'conditional', when: 'the request streams; then true', value: true },
      'gen_ai.request.temperature': { level: 'recommended' },
      'gen_ai.request.top_k': { level: 'conditional', when: 'it applies' },
      'gen_ai.request.top_p': { level: 'recommended' },
      'gen_ai.response.finish_reasons': { level: 'recommended' },
      'gen_ai.response.id': { level: 'recommended' },
      'gen_ai.response.model': { level: 'recommended' },
      'gen_ai.response.time_to_first_chunk': { level: 'recommended', when: 'the request streams', onlyWith: 'gen_ai.request.stream' },
      'gen_ai.system_instructions': { level: 'opt_in' },
      'gen_ai.tool.definitions': { level: 'opt_in' },
      'gen_ai.usage.audio.cache_read.input_tokens': { level: 'recommended', when: 'it applies' },
      'gen_ai.usage.audio.input_tokens': { level: 'recommended', when: 'it applies' },
      'gen_ai.usage.audio.output_tokens': { level: 'recommended', when: 'it applies' },
      'gen_ai.usage.cache_read.input_tokens': { level: 'recommended', when: 'it applies' },
      'gen_ai.usage.cache_write.input_tokens': { level: 'recommended', when: 'it applies' },
      'gen_ai.usage.image.cache_read.input_tokens': { level: 'recommended', when: 'it applies' },
      'gen_ai.usage.image.input_tokens': { level: 'recommended', when: 'it applies' },
      'gen_ai.usage.image.output_tokens': { level: 'recommended', when: 'it applies' },
      'gen_ai.usage.input_tokens': { level: 'recommended' },
      'gen_ai.usage.output_tokens': { level: 'recommended' },
      'gen_ai.usage.reasoning.output_tokens': { level: 'recommended', when: 'it applies' },
      'gen_ai.usage.text.cache_read.input_tokens': { level: 'recommended', when: 'it applies' },
      'gen_ai.usage.text.input_tokens': { level: 'recommended', when: 'it applies' },
      'gen_ai.usage.text.output_tokens': { level: 'recommended', when: 'it applies' },
      'server.address': { level: 'recommended', sampling: true },
      'server.port': { level: 'conditional', when: 'server.address is set', sampling: true, ifSet: 'server.address' },
    },
  },
  [EVENT_GEN_AI_CLIENT_OPERATION_EXCEPTION]: {
    name: EVENT_GEN_AI_CLIENT_OPERATION_EXCEPTION,
    level: 'recommended',
    severityNumber: 13,
    attributes: {
      'exception.message': { level: 'conditional', when: 'there is no exception.type', unlessSet: 'exception.type' },
      'exception.stacktrace': { level: 'recommended' },
      'exception.type': { level: 'conditional', when: 'there is no exception.message', unlessSet: 'exception.message' },
    },
  },
  [EVENT_GEN_AI_EVALUATION_RESULT]: {
    name: EVENT_GEN_AI_EVALUATION_RESULT,
    level: 'recommended',
    attributes: {
      'error.type': { level: 'conditional', when: 'the operation failed', ifFailed: true },
      'gen_ai.evaluation.explanation': { level: 'recommended' },
      'gen_ai.evaluation.name': { level: 'required' },
      'gen_ai.evaluation.score.label': { level: 'conditional', when: 'it applies' },
      'gen_ai.evaluation.score.value': { level: 'conditional', when: 'it applies' },
      'gen_ai.response.id': { level: 'recommended', when: 'known' },
    },
  },
  [EVENT_LLM_OTEL_BUDGET_EXCEEDED]: {
    name: EVENT_LLM_OTEL_BUDGET_EXCEEDED,
    level: 'recommended',
    attributes: {
      'llm_otel.budget.kind': { level: 'required' },
      'llm_otel.budget.limit': { level: 'required' },
      'llm_otel.budget.value': { level: 'required' },
    },
  },
  [EVENT_LLM_OTEL_HAND_OVER]: {
    name: EVENT_LLM_OTEL_HAND_OVER,
    level: 'recommended',
    attributes: {
      'llm_otel.hand_over.from': { level: 'conditional', when: 'known' },
      'llm_otel.hand_over.reason': { level: 'opt_in' },
      'llm_otel.hand_over.to': { level: 'required' },
    },
  },
  [EVENT_LLM_OTEL_LOOP]: {
    name: EVENT_LLM_OTEL_LOOP,
    level: 'recommended',
    attributes: {
      'llm_otel.loop.length': { level: 'required' },
      'llm_otel.loop.repeats': { level: 'required' },
    },
  },
  [EVENT_LLM_OTEL_RUN_CHECKPOINT]: {
    name: EVENT_LLM_OTEL_RUN_CHECKPOINT,
    level: 'recommended',
    attributes: {
      'llm_otel.run.steps': { level: 'required' },
    },
  },
};
