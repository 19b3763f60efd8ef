import type { LedgerSnapshot } from '@llm-otel/core';
import {
  type MetricOptions,
  metricsObstacle,
  telemetryDefaults,
  type TelemetryEnvironment,
} from '@llm-otel/core/setup';
import {
  consoleDestination,
  resilientMetricExporter,
  type Spool,
} from '@llm-otel/exporters-resilient';
import { redactingMetricExporter, type Redactor } from '@llm-otel/redaction';
import { diag } from '@opentelemetry/api';
import type { Measure } from './operation-durations.ts';
import { otlpReceiver } from './otlp-receiver.ts';
import type { Preset } from './presets.ts';
import { sdkModules } from './sdk-modules.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

export interface MetricsChoice {
  readonly options: MetricOptions;
  /** Of our own exporter. */
  readonly ledger: (() => LedgerSnapshot) | undefined;
}

/**
 * How metrics are exported, or `undefined` where they are off, or where the metrics SDK is not installed. They are
 * redacted whoever made the exporter.
 * @throws what keeps the metrics SDK from being loaded, with `strict` and where metrics were asked for
 */
export async function chooseMetrics(
  options: TelemetryOptions,
  environment: TelemetryEnvironment,
  preset: Preset,
  redactor: Redactor,
  measured?: Measure,
  spool?: Spool,
): Promise<MetricsChoice | undefined> {
  if (options.metrics === false) return undefined;
  const asked = options.metrics;
  if (asked === undefined) {
    const receiver =
      options.endpoint ?? environment.otlpMetricsEndpoint ?? environment.otlpEndpoint;
    const wanted =
      environment.metricsExporters === undefined
        ? preset.exportsByDefault || receiver !== undefined
        : !environment.metricsExporters.includes('none');
    if (!wanted) return undefined;
  }
  const obstacle = await metricsObstacle(sdkModules);
  if (obstacle !== undefined) {
    const named = asked !== undefined || environment.metricsExporters !== undefined;
    if (named && options.strict === true) throw obstacle;
    // Spans do without. Nobody has to install the package, so as a default it is only a hint.
    diag[named ? 'warn' : 'info'](`llm-otel: metrics are off: ${obstacle.message}`);
    return undefined;
  }

  const intervals = {
    exportIntervalMillis: asked?.exportIntervalMillis ?? environment.metricExportIntervalMillis,
    exportTimeoutMillis: environment.metricExportTimeoutMillis,
  };
  const redacting = redactingMetricExporter(redactor);
  if (asked?.exporter !== undefined) {
    return { options: { exporter: redacting(asked.exporter), ...intervals }, ledger: undefined };
  }
  const exporters = environment.metricsExporters ?? telemetryDefaults.metricsExporters;
  const exporter = resilientMetricExporter({
    destinations: await Promise.all(
      exporters.map(async (name) =>
        name === 'console'
          ? consoleDestination()
          : otlpReceiver('metrics', environment, options, measured),
      ),
    ),
    temporality: environment.metricTemporality ?? telemetryDefaults.metricTemporality,
    spool,
    clock: options.clock,
  });
  return {
    options: { exporter: redacting(exporter), ...intervals },
    ledger: () => exporter.ledger(),
  };
}
