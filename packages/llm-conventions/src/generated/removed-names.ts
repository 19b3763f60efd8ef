// Generated from tooling/semconv/model by tooling/semconv/generate.ts. Do not edit.

import type { RemovedName } from '../model-types.ts';

/** Attributes that are gone, and what took over; nothing did where `to` is missing. */
export const removedAttributes: Readonly<Record<string, RemovedName>> = {
  'gen_ai.system': { to: 'gen_ai.provider.name', values: { 'az.ai.inference': 'azure.ai.inference', 'az.ai.openai': 'azure.ai.openai', 'gemini': 'gcp.gemini', 'vertex_ai': 'gcp.vertex_ai', 'xai': 'x_ai' } },
  'gen_ai.usage.prompt_tokens': { to: 'gen_ai.usage.input_tokens' },
  'gen_ai.usage.completion_tokens': { to: 'gen_ai.usage.output_tokens' },
  'gen_ai.usage.cache_creation.input_tokens': { to: 'gen_ai.usage.cache_write.input_tokens' },
  'gen_ai.openai.request.seed': { to: 'gen_ai.request.seed' },
  'gen_ai.openai.request.response_format': { to: 'gen_ai.output.type', values: { 'json_object': 'json', 'json_schema': 'json' } },
  'gen_ai.openai.request.service_tier': { to: 'openai.request.service_tier' },
  'gen_ai.openai.response.service_tier': { to: 'openai.response.service_tier' },
  'gen_ai.openai.response.system_fingerprint': { to: 'openai.response.system_fingerprint' },
  'gen_ai.prompt': {},
  'gen_ai.completion': {},
  'gen_ai.token.type': {},
};

/** Metrics that are gone. */
export const removedMetrics: Readonly<Record<string, RemovedName>> = {
  'gen_ai.client.token.usage': {},
  'gen_ai.client.operation.time_to_first_chunk': { to: 'gen_ai.client.inference.time_to_first_chunk' },
  'gen_ai.client.operation.time_per_output_chunk': { to: 'gen_ai.client.inference.time_per_output_chunk' },
  'gen_ai.workflow.duration': { to: 'gen_ai.invoke_workflow.duration' },
};

/** Events that are gone. */
export const removedEvents: Readonly<Record<string, RemovedName>> = {
  'gen_ai.system.message': {},
  'gen_ai.user.message': {},
  'gen_ai.assistant.message': {},
  'gen_ai.tool.message': {},
  'gen_ai.choice': {},
};
