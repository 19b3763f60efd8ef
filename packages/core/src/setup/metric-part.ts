import type { MeterProvider } from '@opentelemetry/api';
import type { ExportResult, TimeLimit } from '../sdk-types.ts';
import type { FlushablePart } from './flush-and-shutdown.ts';

/** A metric exporter as the SDK's periodic reader uses it. Any stock or vendor exporter fits. */
export interface MetricExporter {
  export(metrics: unknown, resultCallback: (result: ExportResult) => void): void;
  /** Stock exporters ignore the options of this and of `shutdown`. */
  forceFlush(options?: TimeLimit): Promise<void>;
  shutdown(options?: TimeLimit): Promise<void>;
  /** 0 delta, 1 cumulative. */
  selectAggregationTemporality?(instrumentType: unknown): 0 | 1;
  // An AggregationOption of the SDK, made of its enums, which cannot be written out.
  // oxlint-disable-next-line typescript/no-explicit-any
  selectAggregation?(instrumentType: unknown): any;
}

/**
 * `exporter` for a reader: it takes what is collected, and neither flushes nor ends when the reader says so. The
 * reader knows no time limit, and leaves an exporter running whose last flush failed.
 */
export function forReader(exporter: MetricExporter): MetricExporter {
  return {
    export: (metrics, resultCallback) => exporter.export(metrics, resultCallback),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
    // Left out where the exporter has none: the reader then has defaults of its own.
    ...('selectAggregationTemporality' in exporter && {
      selectAggregationTemporality: (type) => exporter.selectAggregationTemporality?.(type) ?? 1,
    }),
    ...('selectAggregation' in exporter && {
      selectAggregation: (type) => exporter.selectAggregation?.(type) as unknown,
    }),
  };
}

/** The provider with the exporter behind its reader, flushed and shut down in one time limit. */
export function metricPart(
  provider: MeterProvider & Omit<FlushablePart, 'name'>,
  exporter: MetricExporter,
): FlushablePart {
  return {
    name: 'metrics',
    async forceFlush(options) {
      await provider.forceFlush(options);
      await exporter.forceFlush(options);
    },
    async shutdown(options) {
      try {
        // Collects and exports once more.
        await provider.shutdown(options);
      } finally {
        await exporter.shutdown(options);
      }
    },
  };
}
