export { startTelemetry } from './start-telemetry.ts';
export type {
  MetricsOptions,
  PresetName,
  RedactionTools,
  TelemetryOptions,
} from './telemetry-options.ts';
export type { Telemetry, TelemetryReport } from './telemetry.ts';
