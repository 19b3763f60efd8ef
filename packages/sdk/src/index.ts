export { startTelemetry } from './start-telemetry.ts';
export type { MetricsOptions, PresetName, TelemetryOptions } from './telemetry-options.ts';
export type { Telemetry } from './telemetry.ts';
