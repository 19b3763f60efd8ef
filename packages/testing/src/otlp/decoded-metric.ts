import type { Message } from '../protobuf/message.ts';
import {
  decodedAttributes,
  decodedInteger,
  decodedResource,
  decodedScope,
  type DecodedAttributes,
  type DecodedResource,
  type DecodedScope,
  type Integer,
} from './decoded-value.ts';

export interface DecodedExemplar {
  readonly timeUnixNano: bigint;
  readonly value: Integer | undefined;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly filteredAttributes: DecodedAttributes;
}

interface DecodedPoint {
  readonly attributes: DecodedAttributes;
  readonly startTimeUnixNano: bigint;
  readonly timeUnixNano: bigint;
  readonly flags: number;
}

export interface DecodedNumberPoint extends DecodedPoint {
  /** `undefined` where the sender gave no value ("no recorded value"). */
  readonly value: Integer | undefined;
  /** Whether the value was sent as an integer or as a double. */
  readonly valueType: 'int' | 'double' | undefined;
  readonly exemplars: readonly DecodedExemplar[];
}

interface DecodedDistribution extends DecodedPoint {
  readonly count: Integer;
  readonly sum: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly exemplars: readonly DecodedExemplar[];
}

export interface DecodedHistogramPoint extends DecodedDistribution {
  readonly explicitBounds: readonly number[];
  readonly bucketCounts: readonly Integer[];
}

export interface DecodedBuckets {
  readonly offset: number;
  readonly bucketCounts: readonly Integer[];
}

export interface DecodedExponentialPoint extends DecodedDistribution {
  readonly scale: number;
  readonly zeroCount: Integer;
  readonly zeroThreshold: number;
  readonly positive: DecodedBuckets;
  readonly negative: DecodedBuckets;
}

export interface DecodedSummaryPoint extends DecodedPoint {
  readonly count: Integer;
  readonly sum: number;
  readonly quantiles: readonly { readonly quantile: number; readonly value: number }[];
}

export type Temporality = 'unspecified' | 'delta' | 'cumulative';

/** A metric's points by kind of aggregation. `empty` is a metric without data. */
export type DecodedMetricData =
  | { readonly type: 'gauge'; readonly points: readonly DecodedNumberPoint[] }
  | {
      readonly type: 'sum';
      readonly temporality: Temporality;
      readonly isMonotonic: boolean;
      readonly points: readonly DecodedNumberPoint[];
    }
  | {
      readonly type: 'histogram';
      readonly temporality: Temporality;
      readonly points: readonly DecodedHistogramPoint[];
    }
  | {
      readonly type: 'exponentialHistogram';
      readonly temporality: Temporality;
      readonly points: readonly DecodedExponentialPoint[];
    }
  | { readonly type: 'summary'; readonly points: readonly DecodedSummaryPoint[] }
  | { readonly type: 'empty'; readonly points: readonly never[] };

/** A metric as it came over the wire, flat: with the resource and the scope it was sent under. */
export type DecodedMetric = DecodedMetricData & {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly metadata: DecodedAttributes;
  readonly resource: DecodedResource;
  readonly scope: DecodedScope;
};

export function decodedMetrics(request: Message): DecodedMetric[] {
  return request.messages('resourceMetrics').flatMap((resourceMetrics) => {
    const resource = decodedResource(resourceMetrics);
    return resourceMetrics.messages('scopeMetrics').flatMap((scopeMetrics) => {
      const scope = decodedScope(scopeMetrics);
      return scopeMetrics
        .messages('metrics')
        .map((metric) => decodedMetric(metric, resource, scope));
    });
  });
}

function decodedMetric(
  metric: Message,
  resource: DecodedResource,
  scope: DecodedScope,
): DecodedMetric {
  return {
    ...metricData(metric),
    name: metric.string('name'),
    description: metric.string('description'),
    unit: metric.string('unit'),
    metadata: decodedAttributes(metric.messages('metadata')),
    resource,
    scope,
  };
}

function metricData(metric: Message): DecodedMetricData {
  const gauge = metric.message('gauge');
  if (gauge) return { type: 'gauge', points: gauge.messages('dataPoints').map(numberPoint) };
  const sum = metric.message('sum');
  if (sum)
    return {
      type: 'sum',
      temporality: temporality(sum),
      isMonotonic: sum.boolean('isMonotonic'),
      points: sum.messages('dataPoints').map(numberPoint),
    };
  const histogram = metric.message('histogram');
  if (histogram)
    return {
      type: 'histogram',
      temporality: temporality(histogram),
      points: histogram.messages('dataPoints').map(histogramPoint),
    };
  const exponential = metric.message('exponentialHistogram');
  if (exponential)
    return {
      type: 'exponentialHistogram',
      temporality: temporality(exponential),
      points: exponential.messages('dataPoints').map(exponentialPoint),
    };
  const summary = metric.message('summary');
  if (summary) return { type: 'summary', points: summary.messages('dataPoints').map(summaryPoint) };
  return { type: 'empty', points: [] };
}

function temporality(aggregation: Message): Temporality {
  const names = ['unspecified', 'delta', 'cumulative'] as const;
  return names[aggregation.number('aggregationTemporality')] ?? 'unspecified';
}

function point(message: Message): DecodedPoint {
  return {
    attributes: decodedAttributes(message.messages('attributes')),
    startTimeUnixNano: message.bigint('startTimeUnixNano'),
    timeUnixNano: message.bigint('timeUnixNano'),
    flags: message.number('flags'),
  };
}

function value(message: Message): Pick<DecodedNumberPoint, 'value' | 'valueType'> {
  if (message.has('asInt'))
    return { value: decodedInteger(message.bigint('asInt')), valueType: 'int' };
  if (message.has('asDouble')) return { value: message.number('asDouble'), valueType: 'double' };
  return { value: undefined, valueType: undefined };
}

function exemplars(message: Message): DecodedExemplar[] {
  return message.messages('exemplars').map((exemplar) => ({
    timeUnixNano: exemplar.bigint('timeUnixNano'),
    value: value(exemplar).value,
    traceId: exemplar.string('traceId') || undefined,
    spanId: exemplar.string('spanId') || undefined,
    filteredAttributes: decodedAttributes(exemplar.messages('filteredAttributes')),
  }));
}

function numberPoint(message: Message): DecodedNumberPoint {
  return { ...point(message), ...value(message), exemplars: exemplars(message) };
}

function distribution(message: Message): DecodedDistribution {
  return {
    ...point(message),
    count: decodedInteger(message.bigint('count')),
    sum: message.optionalNumber('sum'),
    min: message.optionalNumber('min'),
    max: message.optionalNumber('max'),
    exemplars: exemplars(message),
  };
}

function histogramPoint(message: Message): DecodedHistogramPoint {
  return {
    ...distribution(message),
    explicitBounds: message.numbers('explicitBounds'),
    bucketCounts: message.bigints('bucketCounts').map(decodedInteger),
  };
}

function exponentialPoint(message: Message): DecodedExponentialPoint {
  return {
    ...distribution(message),
    scale: message.number('scale'),
    zeroCount: decodedInteger(message.bigint('zeroCount')),
    zeroThreshold: message.number('zeroThreshold'),
    positive: buckets(message.message('positive')),
    negative: buckets(message.message('negative')),
  };
}

function buckets(message: Message | undefined): DecodedBuckets {
  return {
    offset: message?.number('offset') ?? 0,
    bucketCounts: (message?.bigints('bucketCounts') ?? []).map(decodedInteger),
  };
}

function summaryPoint(message: Message): DecodedSummaryPoint {
  return {
    ...point(message),
    count: decodedInteger(message.bigint('count')),
    sum: message.number('sum'),
    quantiles: message.messages('quantileValues').map((quantile) => ({
      quantile: quantile.number('quantile'),
      value: quantile.number('value'),
    })),
  };
}
