// The points of a meter, by the name of their metric, as the SDK would export them.
import type { Attributes, Meter } from '@opentelemetry/api';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';

export interface Point {
  readonly attributes: Attributes;
  readonly value: unknown;
}

class PullReader extends MetricReader {
  protected onShutdown(): Promise<void> {
    return Promise.resolve();
  }

  protected onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
}

export function metricReader(): {
  readonly meter: Meter;
  readonly collect: () => Promise<Readonly<Record<string, readonly Point[]>>>;
} {
  const reader = new PullReader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test');
  const collect = async (): Promise<Readonly<Record<string, readonly Point[]>>> => {
    const { resourceMetrics, errors } = await reader.collect();
    if (errors.length > 0) throw new AggregateError(errors);
    return Object.fromEntries(
      resourceMetrics.scopeMetrics
        .flatMap(({ metrics }) => metrics)
        .map(({ descriptor, dataPoints }) => [
          descriptor.name,
          dataPoints.map(({ attributes, value }) => ({ attributes, value })),
        ]),
    );
  };
  return { meter, collect };
}
