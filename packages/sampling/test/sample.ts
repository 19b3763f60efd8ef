// Asks a sampler as the SDK does.
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  trace,
} from '@opentelemetry/api';
import type { Sampler, SamplingResult } from '@llm-otel/core';

/** A trace id with these 14 digits of randomness. */
export const idWith = (randomness: string): string => `0af7651916cd43dd84${randomness}`;
export const LOW: string = idWith('00000000000001');
export const MIDDLE: string = idWith('80000000000000');
export const HIGH: string = idWith('ffffffffffffff');

export interface StartedSpan {
  readonly context?: Context;
  readonly name?: string;
  readonly attributes?: Attributes;
}

export function sample(
  sampler: Sampler,
  traceId: string,
  { context = ROOT_CONTEXT, name = 'work', attributes = {} }: StartedSpan = {},
): SamplingResult {
  return sampler.shouldSample(context, traceId, name, SpanKind.INTERNAL, attributes, []);
}

/** A context with a sampled remote parent. */
export function parentOf(traceId: string, more: Partial<SpanContext> = {}): Context {
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId: 'b7ad6b7169203331',
    traceFlags: 1,
    isRemote: true,
    ...more,
  });
}

export const stateOf = (result: SamplingResult): string | undefined =>
  result.traceState?.serialize();
