import { telemetryDefaults, type TelemetryEnvironment } from '@llm-otel/core/setup';
import {
  compositePropagator,
  w3cBaggagePropagator,
  w3cTraceContextPropagator,
} from '@llm-otel/propagation';
import type { TextMapPropagator } from '@opentelemetry/api';
import type { TelemetryOptions } from './telemetry-options.ts';

/** What is written to and read from the headers of requests; `undefined`: nothing. */
export function choosePropagator(
  { propagator, baggageKeys = [] }: Pick<TelemetryOptions, 'propagator' | 'baggageKeys'>,
  { propagators = telemetryDefaults.propagators }: TelemetryEnvironment,
): TextMapPropagator | undefined {
  if (propagator !== undefined) return propagator;
  if (propagators.includes('none')) return undefined;
  return compositePropagator(
    propagators.map((name) =>
      name === 'baggage' ? w3cBaggagePropagator({ baggageKeys }) : w3cTraceContextPropagator(),
    ),
  );
}
