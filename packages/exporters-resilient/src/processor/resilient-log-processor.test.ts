import { ledgerErrors, type LedgerSnapshot, type LogRecordTransform } from '@llm-otel/core';
import { fakeClock, type FakeClock, startOtlpSink } from '@llm-otel/testing';
import { type LogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { expect, test } from 'vitest';
import { makeLogRecord, makeLogRecords } from '../../test/fixtures/log-records.ts';
import {
  type ScriptedTransport,
  scriptedTransport,
} from '../../test/fixtures/scripted-transport.ts';
import { otlpDestination } from '../otlp/otlp-destination.ts';
import type { ResilientLogProcessorOptions } from './processor-options.ts';
import { type ResilientLogProcessor, resilientLogProcessor } from './resilient-log-processor.ts';

const url = 'http://localhost/v1/logs';

interface Setup {
  readonly clock: FakeClock;
  readonly transport: ScriptedTransport;
  readonly processor: ResilientLogProcessor;
  readonly emit: (count: number, severityNumber?: number) => void;
  /** Checked. */
  readonly ledger: () => LedgerSnapshot;
}

function setUp(options: Partial<ResilientLogProcessorOptions> = {}): Setup {
  const clock = fakeClock();
  const transport = scriptedTransport();
  const processor = resilientLogProcessor({
    destinations: [otlpDestination({ url, transport })],
    clock,
    random: () => 1,
    ...options,
  });
  return {
    clock,
    transport,
    processor,
    emit(count: number, severityNumber = 9) {
      for (const record of makeLogRecords(count, { severityNumber })) processor.onEmit(record);
    },
    ledger() {
      const snapshot = processor.ledger();
      expect(ledgerErrors(snapshot)).toEqual([]);
      return snapshot;
    },
  };
}

test('what a logger of the SDK emits arrives, after the transforms', async () => {
  await using sink = await startOtlpSink();
  const mask: LogRecordTransform = {
    name: 'mask',
    transform: (record) => ({ ...record, ...view(record), body: '[masked]' }),
  };
  const processor = resilientLogProcessor({
    destinations: [otlpDestination({ url: sink.logsUrl })],
    transforms: [undefined, mask],
  });
  const stock: LogRecordProcessor = processor;
  const provider = new LoggerProvider({ processors: [stock] });

  provider.getLogger('app').emit({ body: 'a secret', severityNumber: 9, eventName: 'e' });
  await provider.shutdown();

  expect(sink.errors).toEqual([]);
  expect(sink.logs).toMatchObject([{ body: '[masked]', severityNumber: 9, eventName: 'e' }]);
  expect(processor.ledger()).toMatchObject({ ended: 1, destinations: { otlp: { exported: 1 } } });
});

test('a transform that fails lets nothing through', async () => {
  const { processor, transport, emit, ledger } = setUp({
    transforms: [
      {
        name: 'redact',
        transform() {
          throw new Error('no');
        },
      },
    ],
  });

  emit(2);
  await processor.forceFlush();

  expect(transport.requests).toEqual([]);
  expect(ledger()).toMatchObject({ ended: 2, dropped: { redact_failed: 2 } });
});

test('a full queue keeps errors before the usual, and the usual before what is for debugging', async () => {
  const { processor, emit, ledger, transport } = setUp({ queue: { maxItems: 4 } });

  emit(2, 5);
  emit(2, 9);
  emit(2, 17);
  emit(2, 5);
  await processor.forceFlush();

  expect(ledger()).toMatchObject({ ended: 8, dropped: { queue_full: 4 } });
  expect(transport.taken).toBe(4);
});

test('a batch leaves when its time has come, and a record that cannot be read is counted', async () => {
  const { processor, clock, transport, ledger } = setUp({ batch: { delayMillis: 1000 } });
  processor.onEmit(makeLogRecord());
  processor.onEmit(
    Object.defineProperty({ ...makeLogRecord() }, 'body', {
      get() {
        throw new Error('no');
      },
    }),
  );

  await clock.advance(1000);
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  await clock.advance(0);

  expect(transport.taken).toBe(1);
  expect(ledger()).toMatchObject({
    ended: 2,
    destinations: { otlp: { exported: 1, dropped: { encode_failed: 1 } } },
  });
});

test('the shutdown ends with its deadline; what is left and what comes later is counted', async () => {
  const { processor, clock, transport, emit, ledger } = setUp();
  transport.script = ['hang'];
  emit(3);

  const stopped = processor.shutdown({ timeoutMillis: 100 });
  expect(processor.shutdown()).toBe(stopped);
  for (let i = 0; i < 20; i++) await clock.advance(10);
  await stopped;
  emit(1);
  await processor.forceFlush();

  expect(ledger()).toMatchObject({
    ended: 4,
    dropped: { already_shutdown: 1 },
    destinations: { otlp: { dropped: { shutdown_timeout: 3 }, inFlight: 0 } },
  });
});

/** The getters of an SDK record as plain members. */
function view({
  hrTime,
  hrTimeObserved,
  severityNumber,
  eventName,
  droppedAttributesCount,
}: ReturnType<typeof makeLogRecord>) {
  return { hrTime, hrTimeObserved, severityNumber, eventName, droppedAttributesCount };
}
