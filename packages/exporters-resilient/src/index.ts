export { decodeOtlp } from './decode/decode-otlp.ts';
export type { DecodeLimits, DecodeResult } from './decode/decode-result.ts';
export type {
  OtlpAnyValue,
  OtlpByResource,
  OtlpByScope,
  OtlpItem,
  OtlpKeyValue,
  OtlpRequest,
  OtlpResource,
  OtlpScope,
} from './decode/otlp-types.ts';
export type { EncodedBatch, TelemetryBatch } from './batch/telemetry-batch.ts';
export type { BreakerOptions } from './delivery/breaker-options.ts';
export type { BufferOptions } from './delivery/buffer-options.ts';
export type { RetryOptions } from './delivery/retry-options.ts';
export type { Destination, DestinationTools, OpenDestination } from './destination.ts';
export { balancedDestination } from './destinations/balanced-destination.ts';
export {
  consoleDestination,
  type ConsoleDestinationOptions,
} from './destinations/console-destination.ts';
export {
  type AnyExporter,
  exporterDestination,
  type ExporterDestinationOptions,
} from './destinations/exporter-destination.ts';
export { failoverDestination } from './destinations/failover-destination.ts';
export { encodeTraceRequest } from './encode/encode-trace-request.ts';
export type {
  QueuedExporterOptions,
  ResilientExporterOptions,
} from './exporter/exporter-options.ts';
export {
  type QueuedExports,
  resilientExporter,
  type ResilientExporter,
  type ResilientExports,
} from './exporter/resilient-exporter.ts';
export {
  type ResilientLogExporter,
  resilientLogExporter,
} from './exporter/resilient-log-exporter.ts';
export {
  type ResilientMetricExporter,
  resilientMetricExporter,
  type ResilientMetricExporterOptions,
} from './exporter/resilient-metric-exporter.ts';
export type { FlushResult, HeldItems } from './flush-result.ts';
export { spanRateLimit, type SpanRateLimitOptions } from './limits/span-rate-limit.ts';
export {
  otlpMetricExporter,
  type OtlpMetricExporterOptions,
} from './metrics/otlp-metric-exporter.ts';
export type { TemporalityPreference } from './metrics/temporality.ts';
export type { HeaderOption } from './otlp/header-source.ts';
export { httpOutcome } from './otlp/http-outcome.ts';
export { otlpDestination, type OtlpDestination } from './otlp/otlp-destination.ts';
export type { CommonOtlpOptions, OtlpOptions } from './otlp/otlp-options.ts';
export type { RefusedRequest } from './otlp/refused-request.ts';
export type {
  BatchOptions,
  CommonProcessorOptions,
  QueueOptions,
  LogRecordFilter,
  ResilientLogProcessorOptions,
  ResilientSpanProcessorOptions,
  WhenFull,
} from './processor/processor-options.ts';
export {
  type ResilientLogProcessor,
  resilientLogProcessor,
} from './processor/resilient-log-processor.ts';
export {
  type ResilientSpanProcessor,
  resilientSpanProcessor,
} from './processor/resilient-span-processor.ts';
export { isSensitivity, type Sensitivity } from './spool/sensitivity.ts';
export type { Spool } from './spool/spool.ts';
export { fetchTransport } from './transport/fetch-transport.ts';
export type {
  ResponseHead,
  Transport,
  TransportRequest,
  TransportResponse,
} from './transport/transport.ts';
export { deadLetterOptionKeys, spoolOptionKeys } from './spool/spool-option-keys.ts';
