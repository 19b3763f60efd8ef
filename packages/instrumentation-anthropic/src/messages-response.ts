import type { Attributes } from '@opentelemetry/api';
import {
  finishReasonFrom,
  type InferenceResponse,
  outputFromAnthropic,
  usageFromAnthropic,
} from '@llm-otel/llm-conventions';
import { readMember, readNumber, readString } from '@llm-otel/llm-conventions/client';

/** The message that answers. */
export function messageResponse(message: unknown, recordsContent: boolean): InferenceResponse {
  const usage = readMember(message, 'usage');
  const reason = finishReasonFrom(readMember(message, 'stop_reason'));
  return {
    id: readString(message, 'id'),
    model: readString(message, 'model'),
    usage: usageFromAnthropic(usage),
    serviceTier: readString(usage, 'service_tier'),
    ...(reason !== undefined && { finishReasons: [reason] }),
    ...(recordsContent && { outputMessages: outputFromAnthropic(message) }),
  };
}

/** What Anthropic alone has names for, as the client writes them in the spans it makes since 0.134. */
export function messageAttributes(message: unknown): Attributes {
  return {
    ...usageAttributes(readMember(message, 'usage')),
    ...stopAttributes(message),
  };
}

export function usageAttributes(usage: unknown): Attributes {
  const written = readMember(usage, 'cache_creation');
  return {
    'anthropic.usage.cache_creation.ephemeral_5m_input_tokens': readNumber(
      written,
      'ephemeral_5m_input_tokens',
    ),
    'anthropic.usage.cache_creation.ephemeral_1h_input_tokens': readNumber(
      written,
      'ephemeral_1h_input_tokens',
    ),
    'anthropic.response.service_tier': readString(usage, 'service_tier'),
  };
}

export function stopAttributes(message: unknown): Attributes {
  return { 'anthropic.message.stop_reason': readString(message, 'stop_reason') };
}
