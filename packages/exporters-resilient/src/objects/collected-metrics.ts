import type { OtlpKeyValue, OtlpRequest } from '../decode/otlp-types.ts';
import type {
  DataPoint,
  ExponentialBuckets,
  ExponentialHistogram,
  Histogram,
  Metric,
  ResourceMetrics,
} from '../metrics/metric-types.ts';
import {
  attributesOf,
  type Fields,
  hrTimeOf,
  listOf,
  numberOf,
  resourceOf,
  scopeOf,
  textOf,
} from './plain-values.ts';

const [HISTOGRAM, EXPONENTIAL_HISTOGRAM, GAUGE, SUM] = [0, 1, 2, 3] as const;
const [INT, DOUBLE] = [0, 1] as const;

/** The metrics of a request, as exporters take them: one collection for each resource. */
export function collectedMetrics({ resourceMetrics = [] }: OtlpRequest): ResourceMetrics[] {
  return resourceMetrics.map((ofResource) => ({
    resource: resourceOf(ofResource.resource, ofResource.schemaUrl),
    scopeMetrics: (ofResource.scopeMetrics ?? []).map((ofScope) => ({
      scope: scopeOf(ofScope.scope, ofScope.schemaUrl),
      metrics: (ofScope.metrics ?? []).map(metricOf),
    })),
  }));
}

function metricOf(fields: Fields): Metric {
  const descriptor = {
    name: textOf(fields['name']),
    description: textOf(fields['description']),
    unit: textOf(fields['unit']),
  };
  const dataOf = (kind: string): Fields | undefined => fields[kind] as Fields | undefined;
  const common = (data: Fields) => ({
    // From 1 on there, from 0 here.
    aggregationTemporality: Math.max(numberOf(data['aggregationTemporality']) - 1, 0) as 0 | 1,
    descriptor: { ...descriptor, valueType: DOUBLE },
  });
  const histogram = dataOf('histogram');
  if (histogram !== undefined)
    return {
      ...common(histogram),
      dataPointType: HISTOGRAM,
      dataPoints: pointsOf(histogram, histogramOf),
    };
  const exponential = dataOf('exponentialHistogram');
  if (exponential !== undefined)
    return {
      ...common(exponential),
      dataPointType: EXPONENTIAL_HISTOGRAM,
      dataPoints: pointsOf(exponential, exponentialHistogramOf),
    };
  const sum = dataOf('sum');
  const data = sum ?? dataOf('gauge') ?? {};
  const isInteger = listOf(data['dataPoints'])[0]?.['asInt'] !== undefined;
  const numbers = {
    ...common(data),
    descriptor: { ...descriptor, valueType: isInteger ? INT : DOUBLE },
    dataPoints: pointsOf(data, ({ asInt, asDouble }) => numberOf(asInt ?? asDouble)),
  };
  return sum === undefined
    ? { ...numbers, dataPointType: GAUGE }
    : { ...numbers, dataPointType: SUM, isMonotonic: sum['isMonotonic'] === true };
}

function pointsOf<T>(data: Fields, value: (point: Fields) => T): DataPoint<T>[] {
  return listOf(data['dataPoints']).map((point) => ({
    startTime: hrTimeOf(point['startTimeUnixNano']),
    endTime: hrTimeOf(point['timeUnixNano']),
    attributes: attributesOf(point['attributes'] as readonly OtlpKeyValue[] | undefined),
    value: value(point),
  }));
}

function histogramOf(point: Fields): Histogram {
  return {
    buckets: {
      boundaries: numbersOf(point['explicitBounds']),
      counts: numbersOf(point['bucketCounts']),
    },
    count: numberOf(point['count']),
    ...optionalNumbers(point),
  };
}

function exponentialHistogramOf(point: Fields): ExponentialHistogram {
  return {
    count: numberOf(point['count']),
    scale: numberOf(point['scale']),
    zeroCount: numberOf(point['zeroCount']),
    positive: bucketsOf(point['positive']),
    negative: bucketsOf(point['negative']),
    ...optionalNumbers(point),
  };
}

function bucketsOf(buckets: unknown): ExponentialBuckets {
  const { offset, bucketCounts } = (buckets ?? {}) as Fields;
  return { offset: numberOf(offset), bucketCounts: numbersOf(bucketCounts) };
}

function optionalNumbers(point: Fields): Pick<Histogram, 'sum' | 'min' | 'max'> {
  return Object.fromEntries(
    ['sum', 'min', 'max'].flatMap((name) =>
      point[name] === undefined ? [] : [[name, Number(point[name])]],
    ),
  );
}

function numbersOf(values: unknown): number[] {
  return ((values ?? []) as readonly unknown[]).map(Number);
}
