import { DecodeError } from '../protobuf/decode-error.ts';
import type { Message } from '../protobuf/message.ts';
import type { MessageTable } from '../protobuf/message-table.ts';
import { readMessage } from '../protobuf/read-message.ts';
import { WireReader } from '../protobuf/wire-reader.ts';
import { decodedLogs, type DecodedLog } from './decoded-log.ts';
import { decodedMetrics, type DecodedMetric } from './decoded-metric.ts';
import { decodedSpans, type DecodedSpan } from './decoded-span.ts';
import { logsRequestFields } from './logs-fields.ts';
import { metricsRequestFields } from './metrics-fields.ts';
import { parseLosslessJson } from './parse-lossless-json.ts';
import { readJsonMessage } from './read-json-message.ts';
import { traceRequestFields } from './trace-fields.ts';

export type OtlpSignal = 'traces' | 'metrics' | 'logs';
export type OtlpEncoding = 'protobuf' | 'json';

/** What one OTLP request holds. */
export interface DecodedRequest {
  readonly spans: readonly DecodedSpan[];
  readonly metrics: readonly DecodedMetric[];
  readonly logs: readonly DecodedLog[];
  /** Fields that OTLP does not have, as `Span#99`, once for each time they came. */
  readonly unknownFields: readonly string[];
}

const tables: Readonly<Record<OtlpSignal, MessageTable>> = {
  traces: traceRequestFields,
  metrics: metricsRequestFields,
  logs: logsRequestFields,
};

/**
 * Decodes the uncompressed body of an OTLP/HTTP request.
 * @throws DecodeError saying which field is wrong, and at which byte
 */
export function decodeOtlpRequest(
  signal: OtlpSignal,
  encoding: OtlpEncoding,
  body: Uint8Array,
): DecodedRequest {
  const unknownFields: string[] = [];
  const onUnknownField = (field: string): void => void unknownFields.push(field);
  const table = tables[signal];
  const message: Message =
    encoding === 'protobuf'
      ? readMessage(new WireReader(body), table, onUnknownField)
      : readJsonMessage(parseLosslessJson(textOf(body)), table, onUnknownField);
  return {
    spans: signal === 'traces' ? decodedSpans(message) : [],
    metrics: signal === 'metrics' ? decodedMetrics(message) : [],
    logs: signal === 'logs' ? decodedLogs(message) : [],
    unknownFields,
  };
}

function textOf(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new DecodeError('not valid UTF-8');
  }
}
