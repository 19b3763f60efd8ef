import {
  type ContentMode,
  type InferenceRequest,
  inputFromBedrock,
} from '@llm-otel/llm-conventions';
import { readMember, readString } from '@llm-otel/llm-conventions/client';
import { guardrailOf } from './guardrail.ts';
import { requestParameters } from './request-parameters.ts';
import type { Server } from './server-of-request.ts';

/** What `ConverseCommand` and `ConverseStreamCommand` are made with. */
export function converseRequest(
  input: unknown,
  server: Server,
  content: ContentMode,
): InferenceRequest {
  const { attributes, extra } = guardrailOf(readMember(input, 'guardrailConfig'));
  return {
    ...server,
    model: readString(input, 'modelId'),
    // What `Converse` has no name for is in the words of the model.
    ...requestParameters(input, readMember(input, 'additionalModelRequestFields')),
    attributes,
    extra: {
      ...extra,
      'bedrock.request.service_tier': readString(readMember(input, 'serviceTier'), 'type'),
      'bedrock.request.performance_latency': readString(
        readMember(input, 'performanceConfig'),
        'latency',
      ),
    },
    ...(content !== 'none' && inputFromBedrock(input)),
  };
}
