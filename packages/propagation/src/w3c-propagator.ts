import type { TextMapPropagator } from '@opentelemetry/api';
import { type BaggagePropagatorOptions, w3cBaggagePropagator } from './baggage-propagator.ts';
import { compositePropagator } from './composite-propagator.ts';
import { type TraceContextOptions, w3cTraceContextPropagator } from './trace-context-propagator.ts';

/** How the context leaves this process. */
export interface W3cPropagatorOptions extends TraceContextOptions, BaggagePropagatorOptions {}

/** W3C trace context and baggage: `traceparent`, `tracestate` and `baggage`. */
export function w3cPropagator(options: W3cPropagatorOptions = {}): TextMapPropagator {
  return compositePropagator([w3cTraceContextPropagator(options), w3cBaggagePropagator(options)]);
}
