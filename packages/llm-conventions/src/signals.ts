import {
  createNoopMeter,
  type Meter,
  type MeterProvider,
  metrics,
  ProxyTracerProvider,
  trace,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';
import { InvalidOptionError } from '@llm-otel/core';
import { type EventLogger, type LoggerSource, loggerSource } from './event-logger.ts';
import type { ExceptionSignal } from './exception-event.ts';
import { Instruments } from './instruments.ts';

/** Where spans and metrics go at this moment. */
export interface Signals {
  readonly tracer: Tracer;
  /** Undefined where no meter provider is registered. */
  readonly instruments: Instruments | undefined;
  /** Neither spans nor metrics go anywhere. */
  readonly disabled: boolean;
  /** Where events go, undefined where no logger provider is registered. */
  readonly logger: LoggerSource;
  readonly exceptions: ExceptionSignal;
}

/** Tells where spans and metrics go. Asked on each call, because providers may be registered later. */
export type SignalSource = () => Signals;

export interface SignalOptions {
  /** @defaultValue a tracer of the global provider, looked up when it is needed */
  readonly tracer?: Tracer | undefined;
  /** @defaultValue a meter of the global provider, looked up when it is needed */
  readonly meter?: Meter | undefined;
  /** @defaultValue a logger of the global provider, looked up when there is an event to send */
  readonly logger?: EventLogger | undefined;
  /**
   * How exceptions are told: on the span, as the log event `gen_ai.client.operation.exception`, or both. Where no logger
   * provider is registered they stay on the span.
   * @defaultValue 'span', as long as the conventions leave both to choose
   */
  readonly exceptions?: ExceptionSignal | undefined;
}

const EXCEPTION_SIGNALS: Readonly<Record<ExceptionSignal, true>> = {
  span: true,
  event: true,
  both: true,
};

/** State of the conventions this package follows. */
export const GEN_AI_SCHEMA_URL = 'https://opentelemetry.io/schemas/gen-ai-dev/1.42.0-dev';

/**
 * `scopeName` names the instrumentation scope, usually the package.
 * @throws {@link InvalidOptionError} for an unknown way to tell exceptions
 */
export function signalSource(scopeName: string, options: SignalOptions = {}): SignalSource {
  const scope = { schemaUrl: GEN_AI_SCHEMA_URL };
  const { exceptions = 'span' } = options;
  if (!(exceptions in EXCEPTION_SIGNALS))
    throw new InvalidOptionError({
      option: 'exceptions',
      value: exceptions,
      use: '"span", "event" or "both"',
    });
  const logger = loggerSource(scopeName, GEN_AI_SCHEMA_URL, options.logger);
  let tracers: TracerProvider | undefined;
  let meters: MeterProvider | undefined;
  let signals: Signals | undefined;

  return () => {
    // Two look-ups; everything else is kept until a provider changes.
    const currentTracers = currentTracerProvider();
    const currentMeters = metrics.getMeterProvider();
    if (signals !== undefined && tracers === currentTracers && meters === currentMeters)
      return signals;
    tracers = currentTracers;
    meters = currentMeters;

    const meter = options.meter ?? meters.getMeter(scopeName, undefined, scope);
    const instruments = meter === createNoopMeter() ? undefined : new Instruments(meter);
    signals = {
      tracer: options.tracer ?? tracers.getTracer(scopeName, undefined, scope),
      instruments,
      disabled:
        options.tracer === undefined && instruments === undefined && tracers === noopProvider(),
      logger,
      exceptions,
    };
    return signals;
  };
}

/** The registered provider itself, or the API's no-op one. */
function currentTracerProvider(): TracerProvider {
  const provider = trace.getTracerProvider();
  // Of any copy of the API, so no instanceof.
  const { getDelegate } = provider as { getDelegate?: () => TracerProvider };
  return getDelegate === undefined ? provider : getDelegate.call(provider);
}

let noop: TracerProvider | undefined;

/** What the API's proxy stands for as long as nothing is registered. */
function noopProvider(): TracerProvider {
  return (noop ??= new ProxyTracerProvider().getDelegate());
}
