import type { Attributes } from '@opentelemetry/api';
import { type Usage, usageFromBedrock } from '@llm-otel/llm-conventions';
import { readMember, readNumber, readString } from '@llm-otel/llm-conventions/client';
import { latencyAttributes } from '../latency.ts';

const PREFIX = 'x-amzn-bedrock-';

/** What Bedrock counts by itself, whatever the model says: in the headers of an answer. */
export function countsOfHeaders(response: unknown): Usage | undefined {
  const headers = readMember(response, 'headers');
  const count = (name: string): number | undefined => numberIn(headers, `${name}-token-count`);
  return usageFromBedrock({
    inputTokens: count('input'),
    outputTokens: count('output'),
    cacheReadInputTokens: count('cache-read-input'),
    cacheWriteInputTokens: count('cache-write-input'),
  });
}

export function latencyOfHeaders(response: unknown): Attributes {
  return latencyAttributes(numberIn(readMember(response, 'headers'), 'invocation-latency'));
}

/** The same in the last chunk of a stream. */
export function metricsOf(chunk: unknown): unknown {
  return readMember(chunk, 'amazon-bedrock-invocationMetrics');
}

export function countsOfMetrics(metrics: unknown): Usage | undefined {
  return usageFromBedrock({
    inputTokens: readMember(metrics, 'inputTokenCount'),
    outputTokens: readMember(metrics, 'outputTokenCount'),
    cacheReadInputTokens: readMember(metrics, 'cacheReadInputTokenCount'),
    cacheWriteInputTokens: readMember(metrics, 'cacheWriteInputTokenCount'),
  });
}

export function latencyOfMetrics(metrics: unknown): Attributes {
  return latencyAttributes(
    readNumber(metrics, 'invocationLatency'),
    readNumber(metrics, 'firstByteLatency'),
  );
}

function numberIn(headers: unknown, name: string): number | undefined {
  const text = readString(headers, PREFIX + name);
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}
