import type { TextMapPropagator } from '@opentelemetry/api';
import { type BaggagePropagatorOptions, w3cBaggagePropagator } from './baggage-propagator.ts';
import { compositePropagator } from './composite-propagator.ts';
import { w3cTraceContextPropagator } from './trace-context-propagator.ts';

/** How the context leaves this process. */
export type W3cPropagatorOptions = BaggagePropagatorOptions;

/** W3C trace context and baggage: `traceparent`, `tracestate` and `baggage`. */
export function w3cPropagator(options: W3cPropagatorOptions = {}): TextMapPropagator {
  return compositePropagator([w3cTraceContextPropagator(), w3cBaggagePropagator(options)]);
}
