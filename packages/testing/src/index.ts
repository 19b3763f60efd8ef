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
