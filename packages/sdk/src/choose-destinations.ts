import { telemetryDefaults, type TelemetryEnvironment } from '@llm-otel/core/setup';
import { consoleDestination, type Destination } from '@llm-otel/exporters-resilient';
import type { Measure } from './operation-durations.ts';
import { otlpReceiver } from './otlp-receiver.ts';
import type { Preset } from './presets.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

/** Where spans go: the option, else what `OTEL_TRACES_EXPORTER` lists, else OTLP. */
export async function chooseDestinations(
  options: TelemetryOptions,
  environment: TelemetryEnvironment,
  preset: Preset,
  measured?: Measure,
): Promise<readonly Destination[]> {
  if (options.destinations !== undefined) return options.destinations;
  const exporters = environment.tracesExporters ?? defaultExporters(options, environment, preset);
  if (exporters.includes('none')) return [];
  return Promise.all(
    exporters.map(async (exporter) =>
      exporter === 'console'
        ? consoleDestination()
        : otlpReceiver('traces', environment, options, measured),
    ),
  );
}

function defaultExporters(
  options: TelemetryOptions,
  environment: TelemetryEnvironment,
  preset: Preset,
): readonly ('otlp' | 'console' | 'none')[] {
  const receiver = options.endpoint ?? environment.otlpTracesEndpoint ?? environment.otlpEndpoint;
  return preset.exportsByDefault || receiver !== undefined
    ? telemetryDefaults.tracesExporters
    : ['none'];
}

/** Whether an option or a variable says where some of the telemetry goes. */
export function namesReceiver(
  { endpoint, destinations, metrics }: TelemetryOptions,
  environment: TelemetryEnvironment,
): boolean {
  return (
    endpoint !== undefined ||
    destinations !== undefined ||
    (typeof metrics === 'object' && metrics.exporter !== undefined) ||
    environment.otlpEndpoint !== undefined ||
    environment.otlpTracesEndpoint !== undefined ||
    environment.otlpMetricsEndpoint !== undefined ||
    environment.otlpLogsEndpoint !== undefined
  );
}
