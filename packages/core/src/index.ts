export type { CliCommand, CliIo, CliOutput } from './cli-command.ts';
export { type Clock, systemClock, type Timer, withTimeout } from './clock.ts';
export { context, type Context, createContextKey, ROOT_CONTEXT } from './context.ts';
export {
  type Environment,
  EnvironmentReader,
  type NumberRange,
  type OnInvalid,
} from './environment.ts';
export { errorWord } from './error-word.ts';
export {
  type ErrorCode,
  type InvalidOption,
  InvalidOptionError,
  MissingPeerError,
  TelemetryError,
  UnknownOptionError,
} from './errors.ts';
export { FailureLog } from './failure-log.ts';
export { FLUSH_TIMEOUT_MILLIS } from './flush-timeout.ts';
export { endSpan, startSpan } from './guarded-span.ts';
export { formatLedger, ledgerErrors, total } from './ledger-identity.ts';
export { type LedgerMetricsOptions, publishLedger } from './ledger-metrics.ts';
export {
  type Counts,
  DestinationLedger,
  type CircuitState,
  type DestinationSnapshot,
  Ledger,
  type LedgerSnapshot,
  type Signal,
} from './ledger.ts';
export { type MetricsRecorder, metricsRecorder } from './metrics-recorder.ts';
export { nearestName, type OptionKeys, unknownOptions } from './option-keys.ts';
export { keepProcessAlive } from './keep-process-alive.ts';
export type { LogRecordTransform } from './log-record-transform.ts';
export { logRecordView } from './log-record-view.ts';
export { type Packing, packingOf } from './packing.ts';
export { ProgressLine } from './progress-line.ts';
export { errorCodeOf, errorTypeOf, exceptionOf, recordError } from './record-error.ts';
export type { RecordedRequest, Recording } from './recording.ts';
export type {
  ExportResult,
  InstrumentationScope,
  LogRecordExporter,
  MetricExporter,
  ReadableLogRecord,
  ReadableSpan,
  RecordingSpan,
  Resource,
  Sampler,
  SamplingResult,
  SpanExporter,
  SpanProcessor,
  TimedEvent,
  TimeLimit,
} from './sdk-types.ts';
export {
  connectStages,
  type SpanReceiver,
  type SpanStage,
  type SpanTransform,
  type StageReport,
} from './span-pipeline.ts';
export { type SpanChanges, spanView } from './span-view.ts';
export { standIn } from './stand-in.ts';
export { isTracingOff, NO_SPAN } from './tracing-off.ts';
export { withSpan, type WithSpanOptions } from './with-span.ts';
export { forwardTo, type SpanProcessorWrapper, wrapSpanProcessor } from './wrap-span-processor.ts';
