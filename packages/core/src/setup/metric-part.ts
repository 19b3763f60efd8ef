import type { MeterProvider } from '@opentelemetry/api';
import { type Clock, systemClock, withTimeout } from '../clock.ts';
import { FLUSH_TIMEOUT_MILLIS } from '../flush-timeout.ts';
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

// Shares of the time that a shutdown has.
const TO_COLLECT = 0.5;
const TO_COUNT = 0.1;

/** The provider with the exporters behind its readers, flushed and shut down in one time limit. */
export function metricPart(
  provider: MeterProvider & Omit<FlushablePart, 'name'>,
  exporters: readonly MetricExporter[],
  clock: Clock = systemClock,
): FlushablePart {
  return {
    name: 'metrics',
    async forceFlush(options) {
      const begin = clock.monotonicMillis();
      await provider.forceFlush(options);
      // Collecting took some of the time.
      const millis = options?.timeoutMillis;
      const left = millis && Math.max(millis - (clock.monotonicMillis() - begin), 0);
      const limit = left === undefined ? options : { timeoutMillis: left };
      await allDone(exporters.map((exporter) => exporter.forceFlush(limit)));
    },
    async shutdown(options) {
      const millis = options?.timeoutMillis ?? FLUSH_TIMEOUT_MILLIS;
      const deadline = clock.monotonicMillis() + millis;
      const left = (): number => Math.max(deadline - clock.monotonicMillis(), 0);
      // Collects and exports once more. Waits for the exporter, which may take all the time there is.
      const collected = provider.shutdown(options);
      try {
        await withTimeout(collected, millis * TO_COLLECT, clock);
      } finally {
        // A little before the deadline, so that what they drop is counted by then.
        const timeoutMillis = Math.max(left() - millis * TO_COUNT, 0);
        await allDone(exporters.map((exporter) => exporter.shutdown({ timeoutMillis })));
      }
      if ((await withTimeout(collected, left(), clock)) === 'timeout')
        throw new Error(`the last export did not finish within ${millis} ms`);
    },
  };
}

/** Metrics are exported once more when they are shut down. A flush before would send everything twice. */
export function withoutFlush(part: FlushablePart): FlushablePart {
  return { ...part, forceFlush: async () => undefined };
}

/** Waits for all of them, and throws what the first that failed threw. */
async function allDone(work: readonly Promise<unknown>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(work)) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
}
