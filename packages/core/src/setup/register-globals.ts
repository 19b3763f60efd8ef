import {
  context,
  type ContextManager,
  diag,
  type MeterProvider,
  metrics,
  propagation,
  type ProxyTracerProvider,
  type TextMapPropagator,
  trace,
  type TracerProvider,
} from '@opentelemetry/api';
import { TelemetryError } from '../errors.ts';
import { registered, registeredApiVersion } from './api-registry.ts';

export interface TracingGlobals {
  readonly tracerProvider: TracerProvider;
  readonly contextManager: ContextManager;
  readonly propagator?: TextMapPropagator | undefined;
}

/**
 * Makes the tracer provider the one of the whole process. Returns a function that takes back what was registered.
 * @throws {@link TelemetryError} `LLM_OTEL_ALREADY_REGISTERED` when there is a tracer provider already, or
 * `LLM_OTEL_API_MISMATCH` when another version of the API came first. Nothing is registered then.
 */
export function registerTracing({
  tracerProvider,
  contextManager,
  propagator,
}: TracingGlobals): () => void {
  if (registered('trace') !== undefined) {
    throw new TelemetryError(
      'LLM_OTEL_ALREADY_REGISTERED',
      'a tracer provider is already registered, by an earlier start or by another OpenTelemetry set-up: ' +
        'start telemetry once, and shut the first one down before a second start',
    );
  }
  if (!trace.setGlobalTracerProvider(tracerProvider)) {
    throw new TelemetryError(
      'LLM_OTEL_API_MISMATCH',
      `@opentelemetry/api ${registeredApiVersion() ?? ''} was used first in this process and another version cannot register ` +
        'with it: run npm ls @opentelemetry/api, and keep one copy',
    );
  }

  const undo = [
    register('context', () => context.setGlobalContextManager(contextManager), context),
    propagator &&
      register('propagation', () => propagation.setGlobalPropagator(propagator), propagation),
  ];
  return () => {
    // When somebody has put another provider in the place of ours, nothing in here is ours any more.
    const current = trace.getTracerProvider() as Partial<ProxyTracerProvider>;
    if (current.getDelegate?.() !== tracerProvider) return;
    trace.disable();
    for (const takeBack of undo) takeBack?.();
  };
}

/** Makes the meter provider the one of the whole process, unless there is one already. */
export function registerMetrics(meterProvider: MeterProvider): () => void {
  register('metrics', () => metrics.setGlobalMeterProvider(meterProvider), metrics);
  return () => {
    if (metrics.getMeterProvider() === meterProvider) metrics.disable();
  };
}

/** A second context manager or propagator is no reason to stay without telemetry: the first one stays. */
function register(
  name: 'context' | 'propagation' | 'metrics',
  set: () => boolean,
  api: { disable(): void },
): (() => void) | undefined {
  if (registered(name) === undefined && set()) return () => api.disable();
  diag.warn(
    `llm-otel: another ${name} set-up is already registered with OpenTelemetry and stays in use`,
  );
  return undefined;
}
