import type {
  Attributes,
  Context,
  Counter,
  Gauge,
  Histogram,
  Meter,
  MetricOptions,
  UpDownCounter,
} from '@opentelemetry/api';
import { FailureLog } from './failure-log.ts';

/**
 * A meter whose instruments all have some attributes in common, and are made once: asking for one again costs a
 * look-up. Nothing of it throws into the application.
 */
export interface MetricsRecorder {
  /** Only counts up. `options` of the first call for a name hold. */
  counter(name: string, options?: MetricOptions): Counter;
  /** Goes up and down by what is added. */
  upDownCounter(name: string, options?: MetricOptions): UpDownCounter;
  /** Is what was recorded last. */
  gauge(name: string, options?: MetricOptions): Gauge;
  histogram(name: string, options?: MetricOptions): Histogram;
  /** One with more attributes, over the same instruments. Those of a single call win over both. */
  with(attributes: Attributes): MetricsRecorder;
}

/** Most instruments that one recorder makes: names that are put together at run time must not fill the memory. */
const MAX_INSTRUMENTS = 1000;

type Kind = 'Counter' | 'UpDownCounter' | 'Gauge' | 'Histogram';
type Write = (value: number, attributes?: Attributes, context?: Context) => void;

/** @param attributes on everything that is recorded through it, such as `service.component` */
export function metricsRecorder(meter: Meter, attributes: Attributes = {}): MetricsRecorder {
  const instruments = new Map<string, Write>();
  const failures = new FailureLog();
  const writeTo = (kind: Kind, name: string, options: MetricOptions | undefined): Write => {
    const key = `${kind} ${name}`;
    const known = instruments.get(key);
    if (known !== undefined) return known;
    if (instruments.size >= MAX_INSTRUMENTS) {
      failures.report('making an instrument', `there are ${MAX_INSTRUMENTS} already`);
      return ignore;
    }
    const write =
      failures.guard('making an instrument', () => make(meter, kind, name, options)) ?? ignore;
    instruments.set(key, write);
    return write;
  };
  const recorderWith = (common: Attributes): MetricsRecorder => {
    // By kind and name, so that a call makes nothing new.
    const wrapped = new Map<string, { readonly add: Write; readonly record: Write }>();
    const instrument = (kind: Kind, name: string, options?: MetricOptions) => {
      const key = `${kind} ${name}`;
      const known = wrapped.get(key);
      if (known !== undefined) return known;
      const write = writeTo(kind, name, options);
      const guarded: Write = (value, own, context) => {
        try {
          write(value, own === undefined ? common : { ...common, ...own }, context);
        } catch (error) {
          failures.report('recording a metric', error);
        }
      };
      const made = { add: guarded, record: guarded };
      if (write !== ignore) wrapped.set(key, made);
      return made;
    };
    return {
      counter: (name, options) => instrument('Counter', name, options),
      upDownCounter: (name, options) => instrument('UpDownCounter', name, options),
      gauge: (name, options) => instrument('Gauge', name, options),
      histogram: (name, options) => instrument('Histogram', name, options),
      with: (more) => recorderWith({ ...common, ...more }),
    };
  };
  return recorderWith({ ...attributes });
}

const ignore: Write = () => undefined;

function make(meter: Meter, kind: Kind, name: string, options: MetricOptions | undefined): Write {
  switch (kind) {
    case 'Counter': {
      const counter = meter.createCounter(name, options);
      return (value, attributes, context) => counter.add(value, attributes, context);
    }
    case 'UpDownCounter': {
      const counter = meter.createUpDownCounter(name, options);
      return (value, attributes, context) => counter.add(value, attributes, context);
    }
    case 'Gauge': {
      const gauge = meter.createGauge(name, options);
      return (value, attributes, context) => gauge.record(value, attributes, context);
    }
    default: {
      const histogram = meter.createHistogram(name, options);
      return (value, attributes, context) => histogram.record(value, attributes, context);
    }
  }
}
