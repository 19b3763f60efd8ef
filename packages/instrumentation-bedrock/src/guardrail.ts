import type { Attributes } from '@opentelemetry/api';
import type { InferenceRequest } from '@llm-otel/llm-conventions';
import { readString } from '@llm-otel/llm-conventions/client';

/** The guardrail that a request names: by the members of `InvokeModel` and of the `guardrailConfig` of `Converse`. */
export function guardrailOf(config: unknown): {
  readonly attributes: InferenceRequest['attributes'];
  readonly extra: Attributes;
} {
  const id = readString(config, 'guardrailIdentifier');
  return {
    attributes: id === undefined ? undefined : { 'aws.bedrock.guardrail.id': id },
    extra: { 'bedrock.guardrail.version': readString(config, 'guardrailVersion') },
  };
}
