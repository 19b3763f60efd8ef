import {
  type PropagatorName,
  telemetryDefaults,
  type TelemetryEnvironment,
} from '@llm-otel/core/setup';
import {
  compositePropagator,
  jaegerPropagator,
  loadB3Propagator,
  w3cBaggagePropagator,
  w3cTraceContextPropagator,
} from '@llm-otel/propagation';
import type { TextMapPropagator } from '@opentelemetry/api';
import type { TelemetryOptions } from './telemetry-options.ts';

/**
 * What is written to and read from the headers of requests; `undefined`: nothing.
 * @throws MissingPeerError where B3 is asked for and not installed
 */
export async function choosePropagator(
  { propagator, baggageKeys = [] }: Pick<TelemetryOptions, 'propagator' | 'baggageKeys'>,
  { propagators = telemetryDefaults.propagators }: TelemetryEnvironment,
): Promise<TextMapPropagator | undefined> {
  if (propagator !== undefined) return propagator;
  if (propagators.includes('none')) return undefined;
  const make: Readonly<
    Record<Exclude<PropagatorName, 'none'>, () => TextMapPropagator | Promise<TextMapPropagator>>
  > = {
    tracecontext: w3cTraceContextPropagator,
    baggage: () => w3cBaggagePropagator({ baggageKeys }),
    b3: () => loadB3Propagator({ encoding: 'single' }),
    b3multi: () => loadB3Propagator({ encoding: 'multi' }),
    jaeger: jaegerPropagator,
  };
  const chosen: TextMapPropagator[] = [];
  for (const name of propagators) if (name !== 'none') chosen.push(await make[name]());
  return compositePropagator(chosen);
}
