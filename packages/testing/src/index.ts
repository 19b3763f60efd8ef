export type { DecodedLog } from './otlp/decoded-log.ts';
export type {
  DecodedBuckets,
  DecodedExemplar,
  DecodedExponentialPoint,
  DecodedHistogramPoint,
  DecodedMetric,
  DecodedMetricData,
  DecodedNumberPoint,
  DecodedSummaryPoint,
  Temporality,
} from './otlp/decoded-metric.ts';
export type { DecodedEvent, DecodedLink, DecodedSpan } from './otlp/decoded-span.ts';
export type {
  DecodedAttributes,
  DecodedResource,
  DecodedScope,
  DecodedValue,
  Integer,
} from './otlp/decoded-value.ts';
export {
  decodeOtlpRequest,
  type DecodedRequest,
  type OtlpEncoding,
  type OtlpSignal,
} from './otlp/decode-request.ts';
export { DecodeError } from './protobuf/decode-error.ts';
export type { AnswerFault, LostReplyFault } from './sink/faults.ts';
export type { OtlpSink, OtlpSinkOptions } from './sink/otlp-sink.ts';
export type { RequestOutcome, SinkError, SinkRequest } from './sink/received.ts';
export { startOtlpSink } from './sink/start-otlp-sink.ts';
export { unreachableUrl } from './http/loopback-server.ts';
export {
  fakeClock,
  type FakeClock,
  type FakeClockOptions,
  type FakeTimer,
} from './clock/fake-clock.ts';
export { seededRandom, type SeededRandom } from './random/seeded-random.ts';
export {
  brokenMeter,
  type BrokenProcessor,
  type BrokenTracer,
  brokenTracers,
} from './recording/broken-telemetry.ts';
export type { ReadableSpan } from './recording/readable-span.ts';
export { recordSpans, type SpanRecorder } from './recording/record-spans.ts';
export {
  expectTree,
  findSpan,
  matchSpan,
  matchTree,
  type TreeLike,
  type TreeMatch,
} from './tree/match-tree.ts';
export {
  printTree,
  type PrintTreeOptions,
  type SpanKindName,
  type StatusName,
} from './tree/print-tree.ts';
export { spanMatchers, type SpanMatchers } from './tree/span-matchers.ts';
export type { SpanPattern, ValuePredicate } from './tree/span-pattern.ts';
export { spanTree, type SpanNode, type SpanTree } from './tree/span-tree.ts';
export type { AnySpan, TreeSpan } from './tree/tree-span.ts';
export type { ModelEmulator, ModelEmulatorOptions } from './emulator/model-emulator.ts';
export type { ModelApi, ModelOutcome, ModelRequest } from './emulator/model-request.ts';
export type {
  ModelError,
  ModelFault,
  ModelReply,
  ModelScript,
  ModelScripts,
  ModelToolCall,
  ModelUsage,
} from './emulator/model-script.ts';
export { startModelEmulator } from './emulator/start-model-emulator.ts';
