import { propagation, type TextMapPropagator } from '@opentelemetry/api';
import { neverThrowing } from './never-throwing.ts';
import { w3cPropagator } from './w3c-propagator.ts';

// Writes no baggage: where nobody has said which keys may leave the process, none does.
const W3C = w3cPropagator();
// Whatever is registered: the stock propagators throw where the carrier does.
const REGISTERED = neverThrowing(propagation);

/** The registered propagator, so that its choice of baggage holds everywhere; W3C where none is registered. */
export function currentPropagator(): TextMapPropagator {
  return propagation.fields().length > 0 ? REGISTERED : W3C;
}
