import { decodeOtlpRequest } from '@llm-otel/testing';
import { ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  logRecordsArbitrary,
  makeLogRecord,
  makeLogRecords,
} from '../../test/fixtures/log-records.ts';
import { LogsEncoder } from './logs-encoder.ts';

type SdkLogRecords = Parameters<typeof ProtobufLogsSerializer.serializeRequest>[0];

const stock = (records: readonly unknown[]): Buffer =>
  Buffer.from(ProtobufLogsSerializer.serializeRequest(records as SdkLogRecords) ?? []);
const never = (_record: unknown, error: unknown): never => {
  throw error;
};

test('any log records are written byte for byte as by the serializer of OpenTelemetry', () => {
  const encoder = new LogsEncoder();
  fc.assert(
    fc.property(logRecordsArbitrary, (records) => {
      expect(Buffer.from(encoder.encodeCopy(records, never)).equals(stock(records))).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('another decoder reads back what was written', () => {
  const record = makeLogRecord({
    body: { role: 'user', parts: ['größe', 7, true, new Uint8Array([1])] },
    eventName: 'gen_ai.client.inference.operation.details',
    spanContext: {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: 1,
    },
    droppedAttributesCount: 300,
  });

  const decoded = decodeOtlpRequest(
    'logs',
    'protobuf',
    new LogsEncoder().encodeCopy([record], never),
  );

  expect(decoded.unknownFields).toEqual([]);
  expect(decoded.logs).toMatchObject([
    {
      timeUnixNano: 1_790_000_000_000_000_005n,
      observedTimeUnixNano: 1_790_000_000_000_000_006n,
      severityNumber: 9,
      severityText: 'INFO',
      eventName: 'gen_ai.client.inference.operation.details',
      body: { role: 'user', parts: ['größe', 7, true, { 0: 1 }] },
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      flags: 1,
      droppedAttributesCount: 300,
      scope: { name: 'test', version: '1.0.0' },
      resource: { attributes: { 'service.name': 'support-desk' } },
    },
  ]);
});

test('a record that cannot be read is left out, and the others are not', () => {
  const broken = Object.defineProperty({ ...makeLogRecord() }, 'body', {
    get() {
      throw new Error('no');
    },
  });
  const good = makeLogRecords(2);
  const unreadable: unknown[] = [];

  const request = new LogsEncoder().encodeCopy([good[0]!, broken, good[1]!], (record) => {
    unreadable.push(record);
  });

  expect(unreadable).toEqual([broken]);
  expect(Buffer.from(request).equals(stock(good))).toBe(true);
});
