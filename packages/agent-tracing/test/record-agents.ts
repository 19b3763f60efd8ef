import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { createGenAi, type GenAi } from '@llm-otel/llm-conventions';
import { fakeClock, type FakeClock, recordSpans, type SpanRecorder } from '@llm-otel/testing';
import { type AgentTracing, type AgentTracingOptions, createAgentTracing } from '../src/index.ts';

export interface RecordedPoint {
  readonly metric: string;
  readonly attributes: Record<string, unknown>;
  readonly sum: number;
  /** Of a counter. */
  readonly value: unknown;
  readonly count: number;
}

export interface RecordedAgents {
  readonly agents: AgentTracing;
  readonly genAi: GenAi;
  readonly recorder: SpanRecorder;
  readonly clock: FakeClock;
  readonly points: () => Promise<RecordedPoint[]>;
}

/** Agent tracing and model calls over the real SDK, everything kept in memory. */
export function recordAgents(options: AgentTracingOptions = {}): RecordedAgents {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const recorder = recordSpans();
  const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const meters = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1e8 })],
  });
  const clock = fakeClock();
  const signals = { tracer, meter: meters.getMeter('test'), clock };
  return {
    agents: createAgentTracing({ ...signals, ...options }),
    genAi: createGenAi(signals),
    recorder,
    clock,
    points: async () => {
      await meters.forceFlush();
      return exporter.getMetrics().flatMap(({ scopeMetrics }) =>
        scopeMetrics.flatMap(({ metrics }) =>
          metrics.flatMap(({ descriptor, dataPoints }) =>
            dataPoints.map(({ attributes, value }) => {
              const histogram = value as { readonly sum: number; readonly count: number };
              const { sum, count } = histogram;
              return { metric: descriptor.name, attributes, sum, count, value };
            }),
          ),
        ),
      );
    },
  };
}
