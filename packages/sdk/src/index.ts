export { startTelemetry } from './start-telemetry.ts';
export type { MetricsOptions, PresetName, TelemetryOptions } from './telemetry-options.ts';
export type { Telemetry, TelemetryReport } from './telemetry.ts';
