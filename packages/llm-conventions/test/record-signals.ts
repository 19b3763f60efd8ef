import { context, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Clock } from '@llm-otel/core';
import type { Meter } from '@opentelemetry/api';

export interface RecordedPoint {
  readonly metric: string;
  readonly unit: string;
  readonly attributes: Record<string, unknown>;
  /** The sum of a counter, or of a histogram. */
  readonly sum: number;
  /** Records of a histogram; 1 for a counter. */
  readonly count: number;
  readonly boundaries: readonly number[] | undefined;
}

export interface Recording {
  readonly tracer: Tracer;
  readonly meter: Meter;
  readonly clock: ManualClock;
  readonly spans: () => ReadableSpan[];
  readonly points: () => Promise<RecordedPoint[]>;
}

export interface ManualClock extends Clock {
  advance(millis: number): void;
}

/** A clock that stands still until it is moved. */
function manualClock(): ManualClock {
  let now = 1_790_000_000_000;
  return {
    epochMillis: () => now,
    monotonicMillis: () => now,
    setTimer: () => undefined,
    clearTimer: () => {},
    advance: (millis) => {
      now += millis;
    },
  };
}

/** The real SDK with everything kept in memory. */
export function recordSignals(): Recording {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const meters = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 1e8 })],
  });
  return {
    tracer: provider.getTracer('test'),
    meter: meters.getMeter('test'),
    clock: manualClock(),
    spans: () => exporter.getFinishedSpans(),
    points: async () => {
      metrics.reset();
      await meters.forceFlush();
      return metrics.getMetrics().flatMap(({ scopeMetrics }) =>
        scopeMetrics.flatMap((scope) =>
          scope.metrics.flatMap((metric) =>
            metric.dataPoints.map(({ attributes, value }) => {
              const histogram = typeof value === 'object' && 'buckets' in value ? value : undefined;
              return {
                metric: metric.descriptor.name,
                unit: metric.descriptor.unit,
                attributes,
                sum: histogram?.sum ?? (value as number),
                count: histogram?.count ?? 1,
                boundaries: histogram?.buckets.boundaries,
              };
            }),
          ),
        ),
      );
    },
  };
}
