import {
  type Attributes,
  type Context,
  type Counter,
  type Histogram,
  type Meter,
  ValueType,
} from '@opentelemetry/api';
import { genAiMetricDefinitions, type MetricName } from './generated/metrics.ts';

/** The metrics of the conventions over one meter. An instrument is made when it is first recorded into. */
export class Instruments {
  readonly #meter: Meter;
  readonly #histograms = new Map<MetricName, Histogram>();
  readonly #counters = new Map<MetricName, Counter>();

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  record(name: MetricName, value: number, attributes: Attributes, context: Context): void {
    let histogram = this.#histograms.get(name);
    if (histogram === undefined) {
      const { description, unit, valueType, buckets = [] } = genAiMetricDefinitions[name];
      histogram = this.#meter.createHistogram(name, {
        description,
        unit,
        valueType: valueType === 'int' ? ValueType.INT : ValueType.DOUBLE,
        advice: { explicitBucketBoundaries: [...buckets] },
      });
      this.#histograms.set(name, histogram);
    }
    histogram.record(value, attributes, context);
  }

  add(name: MetricName, value: number, attributes: Attributes, context: Context): void {
    let counter = this.#counters.get(name);
    if (counter === undefined) {
      const { description, unit, valueType } = genAiMetricDefinitions[name];
      counter = this.#meter.createCounter(name, {
        description,
        unit,
        valueType: valueType === 'int' ? ValueType.INT : ValueType.DOUBLE,
      });
      this.#counters.set(name, counter);
    }
    counter.add(value, attributes, context);
  }
}
