import type { TelemetryEnvironment } from '@llm-otel/core/setup';
import type { Destination } from '@llm-otel/exporters-resilient';
import type { Choosing } from './choosing.ts';
import { openReceivers } from './open-receivers.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

/** Where spans go: the option, else the plan. */
export async function chooseDestinations({
  options,
  plan,
  ...opening
}: Choosing): Promise<readonly Destination[]> {
  return options.destinations ?? openReceivers('traces', plan.traces, opening);
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
