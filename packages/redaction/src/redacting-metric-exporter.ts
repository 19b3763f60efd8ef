import type { MetricExporter } from '@llm-otel/core';
import type { ResourceMetrics } from './metric-types.ts';
import { redactMetrics } from './redact-metrics.ts';
import type { Redactor } from './redactor.ts';

/**
 * Puts redaction in front of any metric exporter: of OpenTelemetry, of a vendor. Temporality, aggregation, flush and
 * shutdown are those of the exporter behind it. */
export function redactingMetricExporter(
  redactor: Redactor,
): (next: MetricExporter) => MetricExporter {
  const redact = redactMetrics(redactor);
  return (next) => {
    return {
      export(metrics, resultCallback) {
        next.export(redact(metrics as ResourceMetrics), resultCallback);
      },
      forceFlush: (options) => next.forceFlush(options),
      shutdown: (options) => next.shutdown(options),
      // Left out where the exporter has none: the reader then has defaults of its own.
      ...(next.selectAggregationTemporality && {
        selectAggregationTemporality: (type) => next.selectAggregationTemporality!(type),
      }),
      ...(next.selectAggregation && {
        selectAggregation: (type) => next.selectAggregation!(type) as unknown,
      }),
    };
  };
}
