export { isLogLevel, logDiagnostics } from './diagnostics.ts';
export type { FlushReport } from './flush-and-shutdown.ts';
export { isTelemetryDisabled } from './is-telemetry-disabled.ts';
export { loadPeer } from './load-peer.ts';
export type { Logger, LoggerProvider, LogRecordProcessor } from './log-pipeline.ts';
export {
  createMeterProvider,
  type MeterProviderOptions,
  type MetricsOnly,
} from './meter-provider.ts';
export type { MetricExporter } from '../sdk-types.ts';
export {
  type CardinalityLimits,
  MAX_SERIES,
  type MetricOptions,
  metricsObstacle,
  type PeriodicExport,
} from './metric-pipeline.ts';
export { type OtlpOptions, type OtlpSettings, otlpSettings } from './otlp-settings.ts';
export { type EndSignal, flushAtProcessEnd, type ProcessEndOptions } from './process-end.ts';
export {
  createProviders,
  type ProviderOptions,
  type Providers,
  type SpanLimits,
} from './providers.ts';
export {
  type ReadEnvironmentOptions,
  readTelemetryEnvironment,
} from './read-telemetry-environment.ts';
export { readVariable } from './read-variable.ts';
export { rewriteDiagnostics } from './rewrite-diagnostics.ts';
export { createResource, type MergeableResource, type SettledResource } from './resource.ts';
export type {
  ContextAsyncHooksModule,
  MetricAggregation,
  MetricInstrumentType,
  MetricView,
  SdkLogsModule,
  SdkMetricsModule,
  SdkModules,
  SdkTraceModule,
} from './sdk-modules.ts';
export {
  deploymentEnvironmentOf,
  serviceResource,
  type ServiceOptions,
} from './service-resource.ts';
export { telemetryDefaults } from './telemetry-defaults.ts';
export { environmentVariables, type TelemetryEnvironment } from './telemetry-environment.ts';
export type {
  FallbackExporter,
  LogsExporter,
  MetricsExporter,
  TracesExporter,
} from './variables/exporter-variables.ts';
export type { ResourceDetectorName } from './variables/resource-variables.ts';
export type { OtlpCompression, OtlpProtocol } from './variables/otlp-variables.ts';
export type { LogLevel, PropagatorName } from './variables/general-variables.ts';
export type {
  HistogramAggregation,
  MetricTemporality,
  TracesSampler,
} from './variables/processing-variables.ts';
export type { VariableKind } from './variables/variable-kinds.ts';
export type { Variable, VariablesOf } from './variables/variable.ts';
