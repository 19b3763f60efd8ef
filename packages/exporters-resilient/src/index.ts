export { consoleDestination, type ConsoleDestinationOptions } from './console-destination.ts';
export type { BufferOptions } from './delivery/buffer-options.ts';
export type { RetryOptions } from './delivery/retry-options.ts';
export type { Destination, DestinationTools, OpenDestination } from './destination.ts';
export { encodeTraceRequest } from './encode/encode-trace-request.ts';
export { exporterDestination, type ExporterDestinationOptions } from './exporter-destination.ts';
export {
  type OtlpMetricExporter,
  otlpMetricExporter,
  type OtlpMetricExporterOptions,
} from './metrics/otlp-metric-exporter.ts';
export type { TemporalityPreference } from './metrics/temporality.ts';
export { otlpDestination, type OtlpDestination } from './otlp/otlp-destination.ts';
export type { OtlpOptions } from './otlp/otlp-options.ts';
export type {
  BatchOptions,
  QueueOptions,
  ResilientSpanProcessorOptions,
} from './processor/processor-options.ts';
export {
  type ResilientSpanProcessor,
  resilientSpanProcessor,
} from './processor/resilient-span-processor.ts';
export {
  resilientExporter,
  type ResilientExporter,
  type ResilientExporterOptions,
} from './resilient-exporter.ts';
export type { SpanBatch } from './span-batch.ts';
export type { Sensitivity } from './spool/sensitivity.ts';
export type { Spool } from './spool/spool.ts';
export { fetchTransport } from './transport/fetch-transport.ts';
export type { Transport, TransportRequest, TransportResponse } from './transport/transport.ts';
