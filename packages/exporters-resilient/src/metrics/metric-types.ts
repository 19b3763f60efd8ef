// The shapes of @opentelemetry/sdk-metrics, written out: both OpenTelemetry lines fit them.
import type { InstrumentationScope, Resource } from '@llm-otel/core';
import type { Attributes, HrTime } from '@opentelemetry/api';

export interface DataPoint<T> {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly attributes: Attributes;
  readonly value: T;
}

export interface Histogram {
  readonly buckets: { readonly boundaries: readonly number[]; readonly counts: readonly number[] };
  readonly sum?: number | undefined;
  readonly count: number;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export interface ExponentialBuckets {
  readonly offset: number;
  readonly bucketCounts: readonly number[];
}

export interface ExponentialHistogram {
  readonly count: number;
  readonly sum?: number | undefined;
  readonly scale: number;
  readonly zeroCount: number;
  readonly positive: ExponentialBuckets;
  readonly negative: ExponentialBuckets;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

interface MetricOf<Type extends number, Value> {
  readonly descriptor: {
    readonly name: string;
    readonly description: string;
    readonly unit: string;
    /** 0 is INT, 1 is DOUBLE. */
    readonly valueType: 0 | 1;
  };
  /** 0 is DELTA, 1 is CUMULATIVE. */
  readonly aggregationTemporality: 0 | 1;
  /** 0 is HISTOGRAM, 1 is EXPONENTIAL_HISTOGRAM, 2 is GAUGE, 3 is SUM. */
  readonly dataPointType: Type;
  readonly dataPoints: readonly DataPoint<Value>[];
}

export type Metric =
  | MetricOf<0, Histogram>
  | MetricOf<1, ExponentialHistogram>
  | MetricOf<2, number>
  | (MetricOf<3, number> & { readonly isMonotonic: boolean });

export interface ScopeMetrics {
  readonly scope: InstrumentationScope;
  readonly metrics: readonly Metric[];
}

export interface ResourceMetrics {
  readonly resource: Resource;
  readonly scopeMetrics: readonly ScopeMetrics[];
}

/** How many data points `metrics` holds. */
export function countDataPoints(metrics: ResourceMetrics): number {
  let points = 0;
  for (const scope of metrics.scopeMetrics)
    for (const metric of scope.metrics) points += metric.dataPoints.length;
  return points;
}
