import type { Meter, Tracer } from '@opentelemetry/api';

/** A span processor of either OpenTelemetry line. */
export interface BrokenProcessor {
  onStart(span: unknown, parentContext: unknown): void;
  onEnd(span: unknown): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** A tracer that is broken, and how. */
export type BrokenTracer = readonly [how: string, tracer: () => Tracer];

const fail = (): never => {
  throw new Error('telemetry that is broken on purpose');
};

/**
 * Tracers that throw, as rows for `describe.each`: to show that an application does not notice. Some are those of an SDK with a
 * processor that throws, which `tracerOf` makes: `(processor) => new TracerProvider({ spanProcessors: [processor] }).getTracer('test')`.
 */
export function brokenTracers(tracerOf: (processor: BrokenProcessor) => Tracer): BrokenTracer[] {
  const quiet = {
    onStart: () => undefined,
    onEnd: () => undefined,
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  return [
    ['a processor that throws at the start', () => tracerOf({ ...quiet, onStart: fail })],
    ['a processor that throws at the end', () => tracerOf({ ...quiet, onEnd: fail })],
    ['a tracer that throws', () => ({ startSpan: fail, startActiveSpan: fail })],
  ];
}

/** A meter that throws, whatever it is asked for. */
export function brokenMeter(): Meter {
  return {
    createCounter: fail,
    createGauge: fail,
    createHistogram: fail,
    createObservableCounter: fail,
    createObservableGauge: fail,
    createObservableUpDownCounter: fail,
    createUpDownCounter: fail,
    addBatchObservableCallback: fail,
    removeBatchObservableCallback: fail,
  };
}
