import type { OptionKeys } from '@llm-otel/core';
import type { TextMapPropagator } from '@opentelemetry/api';
import { type BaggagePropagatorOptions, w3cBaggagePropagator } from './baggage-propagator.ts';
import { compositePropagator } from './composite-propagator.ts';
import { knownOptions } from './known-options.ts';
import { type TraceContextOptions, w3cTraceContextPropagator } from './trace-context-propagator.ts';

/** How the context leaves this process. */
export interface W3cPropagatorOptions extends TraceContextOptions, BaggagePropagatorOptions {}

const KNOWN: OptionKeys<W3cPropagatorOptions> = { randomTraceIds: true, baggageKeys: true };

/**
 * W3C trace context and baggage: `traceparent`, `tracestate` and `baggage`.
 * @throws UnknownOptionError for an option that does not exist
 */
export function w3cPropagator(options: W3cPropagatorOptions = {}): TextMapPropagator {
  knownOptions('w3cPropagator', options, KNOWN);
  const { randomTraceIds, baggageKeys } = options;
  return compositePropagator([
    w3cTraceContextPropagator({ randomTraceIds }),
    w3cBaggagePropagator({ baggageKeys }),
  ]);
}
