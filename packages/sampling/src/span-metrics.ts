import {
  type Attributes,
  type Counter,
  type Histogram,
  type Meter,
  SpanKind,
  SpanStatusCode,
} from '@opentelemetry/api';
import { FailureLog, InvalidOptionError, type ReadableSpan, type SpanStage } from '@llm-otel/core';
import { textOf } from './share/sampling-key.ts';
import { ATTR_SERVICE_NAME } from './span-condition.ts';

export interface SpanMetricsOptions {
  readonly meter: Meter;
  /**
   * Attributes of spans that the metrics have as well, such as `gen_ai.request.model`. Nothing else of a span's
   * attributes gets into them.
   * @defaultValue none
   */
  readonly dimensions?: readonly string[] | undefined;
  /**
   * Most different combinations of attributes. Whatever comes beyond is counted together, under
   * `otel.metric.overflow`.
   * @defaultValue 1000
   */
  readonly maxSeries?: number | undefined;
}

const MAX_DIMENSIONS = 16;
const OVERFLOW: Attributes = Object.freeze({ 'otel.metric.overflow': true });
const KINDS = Object.fromEntries(
  Object.entries(SpanKind)
    .filter(([, value]) => typeof value === 'number')
    .map(([name, value]) => [value, `SPAN_KIND_${name}`]),
);
const STATUS: Readonly<Record<number, string>> = {
  [SpanStatusCode.UNSET]: 'STATUS_CODE_UNSET',
  [SpanStatusCode.OK]: 'STATUS_CODE_OK',
  [SpanStatusCode.ERROR]: 'STATUS_CODE_ERROR',
};

/**
 * Counts every span and its duration, as the Collector's span metrics connector does (`traces.span.metrics.calls` and
 * `traces.span.metrics.duration`, in seconds): put it in front of the tail sampler, and numbers are of all spans, not
 * of those that were kept.
 * @throws InvalidOptionError for more than 16 dimensions
 */
export function spanMetrics(options: SpanMetricsOptions): SpanStage {
  const series = new SpanSeries(options);
  const failures = new FailureLog();
  return (next) => ({
    onEnd(span) {
      failures.guard('counting a span', () => series.record(span));
      next.onEnd(span);
    },
  });
}

class SpanSeries {
  readonly #calls: Counter;
  readonly #duration: Histogram;
  readonly #dimensions: readonly string[];
  readonly #maxSeries: number;
  readonly #known = new Map<string, Attributes>();

  constructor({ meter, dimensions = [], maxSeries = 1000 }: SpanMetricsOptions) {
    if (dimensions.length > MAX_DIMENSIONS) {
      throw new InvalidOptionError({
        option: 'dimensions',
        value: dimensions,
        use: `${MAX_DIMENSIONS} names of attributes at most`,
      });
    }
    this.#calls = meter.createCounter('traces.span.metrics.calls', { unit: '{span}' });
    this.#duration = meter.createHistogram('traces.span.metrics.duration', { unit: 's' });
    this.#dimensions = dimensions;
    this.#maxSeries = maxSeries;
  }

  record(span: ReadableSpan): void {
    const attributes = this.#attributesOf(span);
    this.#calls.add(1, attributes);
    const [seconds, nanos] = span.duration;
    this.#duration.record(seconds + nanos / 1e9, attributes);
  }

  #attributesOf({ name, kind, status, attributes, resource }: ReadableSpan): Attributes {
    const values = this.#dimensions.map((dimension) => textOf(attributes[dimension]));
    const service = textOf(resource.attributes[ATTR_SERVICE_NAME]);
    const key = JSON.stringify([name, kind, status.code, service, values]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size >= this.#maxSeries) return OVERFLOW;
    const made: Attributes = {
      'span.name': name,
      'span.kind': KINDS[kind] ?? 'SPAN_KIND_UNSPECIFIED',
      'status.code': STATUS[status.code] ?? 'STATUS_CODE_UNSET',
    };
    if (service !== undefined) made[ATTR_SERVICE_NAME] = service;
    for (const [at, dimension] of this.#dimensions.entries()) {
      const value = values[at];
      if (value !== undefined) made[dimension] = value;
    }
    this.#known.set(key, made);
    return made;
  }
}
