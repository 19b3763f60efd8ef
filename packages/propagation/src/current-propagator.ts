import { propagation, type TextMapPropagator } from '@opentelemetry/api';
import { w3cPropagator } from './w3c-propagator.ts';

// Writes no baggage: where nobody has said which keys may leave the process, none does.
const W3C = w3cPropagator();

/** The registered propagator, so that its choice of baggage holds everywhere; W3C where none is registered. */
export function currentPropagator(): TextMapPropagator {
  return propagation.fields().length > 0 ? propagation : W3C;
}
