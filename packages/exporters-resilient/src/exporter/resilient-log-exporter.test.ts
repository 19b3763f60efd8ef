import { ledgerErrors, type ReadableLogRecord } from '@llm-otel/core';
import { startOtlpSink } from '@llm-otel/testing';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { expect, test, vi } from 'vitest';
import { makeLogRecord, makeLogRecords } from '../../test/fixtures/log-records.ts';
import { scriptedTransport } from '../../test/fixtures/scripted-transport.ts';
import { exporterDestination } from '../destinations/exporter-destination.ts';
import { otlpDestination } from '../otlp/otlp-destination.ts';
import { resilientLogExporter } from './resilient-log-exporter.ts';

test.for(['http/protobuf', 'http/json'] as const)(
  'behind the batch processor of OpenTelemetry, over %s, with retries',
  async (protocol) => {
    await using sink = await startOtlpSink();
    sink.answer({ status: 503, times: 1 });
    const exporter = resilientLogExporter({
      destinations: [otlpDestination({ url: sink.logsUrl, protocol })],
      retry: { initialDelayMillis: 1 },
    });
    const provider = new LoggerProvider({
      processors: [new BatchLogRecordProcessor({ exporter })],
    });

    provider.getLogger('app', '1.2.3').emit({
      severityNumber: 17,
      severityText: 'ERROR',
      eventName: 'gen_ai.choice',
      body: { content: 'größe' },
      attributes: { nested: { list: [1] } },
    });
    await provider.shutdown();

    expect(sink.errors).toEqual([]);
    expect(sink.logs).toMatchObject([
      {
        severityNumber: 17,
        eventName: 'gen_ai.choice',
        body: { content: 'größe' },
        attributes: { nested: { list: [1] } },
        scope: { name: 'app', version: '1.2.3' },
      },
    ]);
    expect(ledgerErrors(exporter.ledger())).toEqual([]);
    expect(exporter.ledger()).toMatchObject({
      signal: 'logs',
      ended: 1,
      destinations: { otlp: { exported: 1 } },
    });
  },
);

test('in an outage a flush of a provider resolves: the exporter gives up before the provider would reject', async () => {
  vi.useFakeTimers();
  try {
    const transport = scriptedTransport({ status: 503 });
    const exporter = resilientLogExporter({
      destinations: [otlpDestination({ url: 'http://localhost/v1/logs', transport })],
    });
    const provider = new LoggerProvider({
      processors: [new BatchLogRecordProcessor({ exporter })],
    });
    provider.getLogger('test').emit({ body: 'said' });

    const flushed = vi.fn();
    const flush = provider.forceFlush().then(flushed);
    await vi.advanceTimersByTimeAsync(29_900);
    expect(flushed).toHaveBeenCalledOnce();
    await flush;

    const stopped = provider.shutdown();
    await vi.advanceTimersByTimeAsync(6000);
    await stopped;
  } finally {
    vi.useRealTimers();
  }
});

test('a record that cannot be read is counted, and the others arrive at any exporter', async () => {
  const seen: ReadableLogRecord[] = [];
  const exporter = resilientLogExporter({
    destinations: [
      exporterDestination('vendor', {
        export(records: ReadableLogRecord[], done: (result: { code: 0 }) => void) {
          seen.push(...records);
          done({ code: 0 });
        },
        shutdown: () => Promise.resolve(),
      }),
    ],
  });
  const hostile = Object.defineProperty({ ...makeLogRecord() }, 'body', {
    get() {
      throw new Error('no');
    },
  });
  const results: number[] = [];

  exporter.export([...makeLogRecords(2), hostile], ({ code }) => results.push(code));
  await exporter.shutdown();
  exporter.export(makeLogRecords(1), ({ code }) => results.push(code));
  await exporter.forceFlush();

  expect(seen).toHaveLength(3);
  expect(results).toEqual([0, 1]);
  expect(exporter.ledger()).toMatchObject({
    ended: 4,
    dropped: { already_shutdown: 1 },
    destinations: { vendor: { exported: 3 } },
  });
});
