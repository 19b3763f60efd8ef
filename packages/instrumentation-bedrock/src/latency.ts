import type { Attributes } from '@opentelemetry/api';
import { readMember, readNumber } from '@llm-otel/llm-conventions/client';

/** What Bedrock itself has measured, in seconds: without the network between. */
export function latencyAttributes(
  latencyMillis: number | undefined,
  firstByteMillis?: number,
): Attributes {
  return {
    'bedrock.invocation.latency': seconds(latencyMillis),
    'bedrock.invocation.first_byte_latency': seconds(firstByteMillis),
  };
}

/** The `metrics` of `Converse`, or of the last event of its stream. */
export function converseLatency(answer: unknown): Attributes {
  return latencyAttributes(readNumber(readMember(answer, 'metrics'), 'latencyMs'));
}

function seconds(millis: number | undefined): number | undefined {
  return millis === undefined ? undefined : millis / 1000;
}
