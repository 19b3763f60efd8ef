import { MissingPeerError } from '@llm-otel/core';
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
import { diag, type TextMapPropagator } from '@opentelemetry/api';
import type { TelemetryOptions } from './telemetry-options.ts';

type PropagatorOptions = Pick<TelemetryOptions, 'propagator' | 'baggageKeys' | 'strict'>;

/**
 * What is written to and read from the headers of requests; `undefined`: nothing. One whose package is not installed is
 * left out.
 * @throws MissingPeerError with `strict`, where that is so
 */
export async function choosePropagator(
  { propagator, baggageKeys = [], strict = false }: PropagatorOptions,
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
  for (const name of propagators) {
    if (name === 'none') continue;
    try {
      chosen.push(await make[name]());
    } catch (error) {
      if (strict || !isMissing(error)) throw error;
      diag.warn(`llm-otel: ${error.message} (left out)`);
    }
  }
  return compositePropagator(chosen);
}

function isMissing(error: unknown): error is MissingPeerError {
  return MissingPeerError.is(error) && error.code === 'LLM_OTEL_MISSING_PEER';
}
