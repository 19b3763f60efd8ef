import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { JsonLogsSerializer, ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { expect, test } from 'vitest';
import { decodeOtlpRequest } from '../src/index.ts';

test('log records of the stock SDK are read back as they were', () => {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
  const spanContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };
  const logger = provider.getLogger('test', '1.0.0');
  logger.emit({
    timestamp: [1_700_000_000, 1],
    observedTimestamp: [1_700_000_001, 2],
    severityNumber: 17,
    severityText: 'ERROR',
    eventName: 'gen_ai.evaluation.result',
    body: { messages: [{ role: 'user', parts: [1.5, true, null] }], raw: Uint8Array.of(1, 2) },
    attributes: { 'session.id': 's', counts: [1, 2] },
    context: trace.setSpanContext(ROOT_CONTEXT, spanContext),
  });
  logger.emit({ body: 'plain' });
  const records = exporter.getFinishedLogRecords();

  for (const [encoding, serializer] of [
    ['protobuf', ProtobufLogsSerializer],
    ['json', JsonLogsSerializer],
  ] as const) {
    const body = serializer.serializeRequest(records) as Uint8Array;
    const { logs, unknownFields } = decodeOtlpRequest('logs', encoding, body);

    expect(unknownFields).toEqual([]);
    expect(logs).toMatchObject([
      {
        timeUnixNano: 1_700_000_000_000_000_001n,
        observedTimeUnixNano: 1_700_000_001_000_000_002n,
        severityNumber: 17,
        severityText: 'ERROR',
        eventName: 'gen_ai.evaluation.result',
        body: { messages: [{ role: 'user', parts: [1.5, true, null] }], raw: Uint8Array.of(1, 2) },
        attributes: { 'session.id': 's', counts: [1, 2] },
        droppedAttributesCount: 0,
        flags: 1,
        traceId: spanContext.traceId,
        spanId: spanContext.spanId,
        scope: { name: 'test', version: '1.0.0' },
      },
      { body: 'plain', severityNumber: 0, traceId: undefined, spanId: undefined },
    ]);
  }
});
