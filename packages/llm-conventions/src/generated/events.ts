// Generated from tooling/semconv/model by tooling/semconv/generate.ts. Do not edit.

import type { EventDefinition } from '../model-types.ts';
import { genAiSpanDefinitions } from './spans.ts';

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
/** The client library sends the request of a call again. */
export const EVENT_LLM_OTEL_REQUEST_RETRY = 'llm_otel.request.retry' as const;
/** The state of the run was saved. */
export const EVENT_LLM_OTEL_RUN_CHECKPOINT = 'llm_otel.run.checkpoint' as const;

/** Every event of the conventions, and ours. */
export const genAiEventDefinitions: Readonly<Record<string, EventDefinition>> = {
  [EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS]: {
    name: EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS,
    level: 'recommended',
    severityNumber: 5,
    attributes: genAiSpanDefinitions['gen_ai.client.inference'].attributes,
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
  [EVENT_LLM_OTEL_REQUEST_RETRY]: {
    name: EVENT_LLM_OTEL_REQUEST_RETRY,
    level: 'recommended',
    attributes: {
      'http.request.resend_count': { level: 'required' },
      'http.response.status_code': { level: 'conditional', when: 'the server had answered' },
      'llm_otel.retry_after_seconds': { level: 'conditional', when: 'the server had asked to wait' },
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
