import { decodeOtlpRequest, type DecodedRequest } from '@llm-otel/testing';
import type { Signal } from '@llm-otel/core';
import { JsonLogsSerializer, JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { logRecordsArbitrary, makeLogRecord } from '../../test/fixtures/log-records.ts';
import { metricsArbitrary } from '../../test/fixtures/metrics.ts';
import { makeSpan, spansArbitrary } from '../../test/fixtures/spans.ts';
import { LogsEncoder } from '../encode/logs-encoder.ts';
import { MetricsEncoder } from '../encode/metrics-encoder.ts';
import { TraceEncoder } from '../encode/trace-encoder.ts';
import { otlpJson } from './otlp-json.ts';

const never = (_item: unknown, error: unknown): never => {
  throw error;
};
const decodedJson = (json: string, signal: Signal): DecodedRequest =>
  decodeOtlpRequest(signal, 'json', new TextEncoder().encode(json));

/** Both forms of one request, read by decoders that share nothing with this package. */
function expectSame(body: Uint8Array, signal: Signal): void {
  let expected: DecodedRequest;
  try {
    expected = decodeOtlpRequest(signal, 'protobuf', body);
  } catch {
    // Two keys that are no text become the same key; no decoder takes that.
    fc.pre(false);
    return;
  }
  const json = otlpJson(body, signal);
  expect(decodedJson(json, signal)).toEqual(expected);
}

test('any spans say the same in JSON as in protobuf', () => {
  const encoder = new TraceEncoder();
  fc.assert(
    fc.property(spansArbitrary, (spans) => expectSame(encoder.encodeCopy(spans, never), 'traces')),
    { numRuns: 100 },
  );
});

test('any log records say the same in JSON as in protobuf', () => {
  const encoder = new LogsEncoder();
  fc.assert(
    fc.property(logRecordsArbitrary, (records) =>
      expectSame(encoder.encodeCopy(records, never), 'logs'),
    ),
    { numRuns: 100 },
  );
});

test('any metrics say the same in JSON as in protobuf', () => {
  const encoder = new MetricsEncoder();
  fc.assert(
    fc.property(metricsArbitrary, (metrics) => expectSame(encoder.encodeCopy(metrics), 'metrics')),
    { numRuns: 100 },
  );
});

test('the serializers of OpenTelemetry say the same', () => {
  const attributes = { text: 'größe "🦜"\n', count: 7, share: 0.5, yes: true, list: ['a', 'b'] };
  const span = makeSpan({ attributes, status: { code: 2, message: 'no' } });
  const record = makeLogRecord({ attributes, body: { deep: [1, { x: 'y' }] } });
  const stock = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

  const spans = otlpJson(new TraceEncoder().encodeCopy([span], never), 'traces');
  const records = otlpJson(new LogsEncoder().encodeCopy([record], never), 'logs');

  expect(decodedJson(spans, 'traces')).toEqual(
    decodedJson(stock(JsonTraceSerializer.serializeRequest([span] as never)), 'traces'),
  );
  expect(decodedJson(records, 'logs')).toEqual(
    decodedJson(stock(JsonLogsSerializer.serializeRequest([record] as never)), 'logs'),
  );
});

test('ids are hexadecimal, 64-bit numbers strings, enums numbers, bytes base64, and no number is lost', () => {
  const span = makeSpan({
    attributes: {
      big: 2 ** 62,
      negative: -5,
      bytes: new Uint8Array([255, 0, 1]),
      nan: Number.NaN,
      endless: -Infinity,
    },
  });

  const json = otlpJson(new TraceEncoder().encodeCopy([span], never), 'traces');

  const { spans } = JSON.parse(json).resourceSpans[0].scopeSpans[0];
  expect(spans[0]).toMatchObject({
    traceId: span.spanContext().traceId,
    kind: 3,
    startTimeUnixNano: '1790000000000000005',
    attributes: [
      { key: 'big', value: { intValue: '4611686018427387904' } },
      { key: 'negative', value: { intValue: '-5' } },
      { key: 'bytes', value: { bytesValue: '/wAB' } },
      { key: 'nan', value: { doubleValue: 'NaN' } },
      { key: 'endless', value: { doubleValue: '-Infinity' } },
    ],
  });
});

test('bytes that are no request are refused, and fields of a newer OTLP are passed over', () => {
  const body = new TraceEncoder().encodeCopy([makeSpan()], never);
  const newer = new Uint8Array([...body, 0xfa, 0x7f, 2, 1, 2, 0xf8, 0x7f, 200, 1]);

  expect(() => otlpJson(body.subarray(0, body.length - 1), 'traces')).toThrow(RangeError);
  expect(() => otlpJson(new Uint8Array([0x0b]), 'traces')).toThrow('wire type 3');
  const twice = Uint8Array.from(attributesAround([0x10, 1]));
  expect(() => otlpJson(twice, 'traces')).toThrow('a field is in two places');
  expect(() => otlpJson(new Uint8Array([0x80, 0x80]), 'traces')).toThrow('does not end');
  expect(otlpJson(newer, 'traces')).toBe(otlpJson(body, 'traces'));
});

/** A resource with attributes on both sides of another field, as no encoder writes it. */
function attributesAround(between: readonly number[]): number[] {
  const attribute = [0x0a, 3, 0x0a, 1, 0x61];
  const resource = [...attribute, ...between, ...attribute];
  return [0x0a, resource.length + 2, 0x0a, resource.length, ...resource];
}
