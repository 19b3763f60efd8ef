import type { MeterProvider } from '@opentelemetry/api';
import type { MetricExporter } from '../sdk-types.ts';
import type { FlushablePart } from './flush-and-shutdown.ts';

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

/** The provider with the exporters behind its readers, flushed and shut down in one time limit. */
export function metricPart(
  provider: MeterProvider & Omit<FlushablePart, 'name'>,
  exporters: readonly MetricExporter[],
): FlushablePart {
  return {
    name: 'metrics',
    async forceFlush(options) {
      await provider.forceFlush(options);
      await allDone(exporters.map((exporter) => exporter.forceFlush(options)));
    },
    async shutdown(options) {
      try {
        // Collects and exports once more.
        await provider.shutdown(options);
      } finally {
        await allDone(exporters.map((exporter) => exporter.shutdown(options)));
      }
    },
  };
}

/** Waits for all of them, and throws what the first that failed threw. */
async function allDone(work: readonly Promise<unknown>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(work)) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
}
