import type { Attributes } from '@opentelemetry/api';
import {
  finishReasonFrom,
  type InferenceResponse,
  outputFromBedrock,
  usageFromBedrock,
} from '@llm-otel/llm-conventions';
import { readMember, readString } from '@llm-otel/llm-conventions/client';
import { converseLatency } from './latency.ts';

/** What answers a `ConverseCommand`. It has no id of its own; that of the request is on the span as well. */
export function converseResponse(output: unknown, recordsContent: boolean): InferenceResponse {
  const reason = finishReasonFrom(readMember(output, 'stopReason'));
  return {
    model: routedModel(output),
    usage: usageFromBedrock(readMember(output, 'usage')),
    serviceTier: readString(readMember(output, 'serviceTier'), 'type'),
    ...(reason !== undefined && { finishReasons: [reason] }),
    ...(recordsContent && { outputMessages: outputFromBedrock(output) }),
  };
}

/** A prompt router tells which model it has chosen. Others do not say who answers. */
export function routedModel(answer: unknown): string | undefined {
  return readString(readMember(readMember(answer, 'trace'), 'promptRouter'), 'invokedModelId');
}

export function converseExtra(answer: unknown): Attributes {
  return { ...converseLatency(answer), ...stopAttributes(answer) };
}

/** In Bedrock's own words, which tell more than those of the conventions. */
export function stopAttributes(answer: unknown): Attributes {
  return { 'bedrock.stop_reason': readString(answer, 'stopReason') };
}
