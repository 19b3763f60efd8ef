import { context, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  type MetricData,
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
import type { EventLogger } from '../src/index.ts';

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
  readonly logger: EventLogger;
  readonly loggers: LoggerProvider;
  readonly clock: ManualClock;
  /** Events, in the order they were sent. */
  readonly events: () => ReadableLogRecord[];
  /** The attributes each span had when it started, by the id of the span. */
  readonly atStart: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly spans: () => ReadableSpan[];
  readonly points: () => Promise<RecordedPoint[]>;
  /** As the SDK collects them. */
  readonly metrics: () => Promise<MetricData[]>;
}

export interface ManualClock extends Clock {
  /** Moves the time and calls the timers that are due. */
  advance(millis: number): void;
  /** Timers that were set and neither called nor cleared. */
  timers(): number;
}

/** A clock that stands still until it is moved. */
function manualClock(): ManualClock {
  let now = 1_790_000_000_000;
  const timers = new Map<object, { readonly at: number; readonly call: () => void }>();
  return {
    epochMillis: () => now,
    monotonicMillis: () => now,
    setTimer(call, delayMillis) {
      const timer = {};
      timers.set(timer, { at: now + delayMillis, call });
      return timer;
    },
    clearTimer: (timer) => void timers.delete(timer as object),
    timers: () => timers.size,
    advance(millis) {
      now += millis;
      for (const [timer, { at, call }] of timers) if (at <= now && timers.delete(timer)) call();
    },
  };
}

/** The real SDK with everything kept in memory. */
export function recordSignals(): Recording {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const exporter = new InMemorySpanExporter();
  const atStart = new Map<string, Readonly<Record<string, unknown>>>();
  const provider = new TracerProvider({
    spanProcessors: [
      {
        onStart: (span) => void atStart.set(span.spanContext().spanId, { ...span.attributes }),
        onEnd: () => {},
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
      new SimpleSpanProcessor({ exporter }),
    ],
  });
  const logs = new InMemoryLogRecordExporter();
  const loggers = new LoggerProvider({
    processors: [new SimpleLogRecordProcessor({ exporter: logs })],
  });
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const meters = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 1e8 })],
  });
  return {
    tracer: provider.getTracer('test'),
    meter: meters.getMeter('test'),
    logger: loggers.getLogger('test'),
    loggers,
    clock: manualClock(),
    events: () => logs.getFinishedLogRecords(),
    atStart,
    spans: () => exporter.getFinishedSpans(),
    metrics: async () => {
      metrics.reset();
      await meters.forceFlush();
      return metrics
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    },
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
