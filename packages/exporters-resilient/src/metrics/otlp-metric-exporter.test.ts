import { ledgerErrors } from '@llm-otel/core';
import { fakeClock, startOtlpSink } from '@llm-otel/testing';
import {
  AggregationTemporality,
  AggregationType,
  InstrumentType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import { expect, test, vi } from 'vitest';
import { during } from '../../test/fixtures/lives.ts';
import { temporaryFolder } from '../../test/fixtures/record-logs.ts';
import { scriptedTransport } from '../../test/fixtures/scripted-transport.ts';
import { resource } from '../../test/fixtures/spans.ts';
import { diskSpool } from '../spool/index.ts';
import type { ResourceMetrics } from './metric-types.ts';
import { otlpMetricExporter } from './otlp-metric-exporter.ts';

const url = 'http://localhost/v1/metrics';
const DELTA: number = AggregationTemporality.DELTA;

const oneCounter = {
  resource,
  scopeMetrics: [
    {
      scope: { name: 'test' },
      metrics: [
        {
          descriptor: { name: 'calls', description: '', unit: '', valueType: 0 },
          aggregationTemporality: 1,
          dataPointType: 3,
          isMonotonic: true,
          dataPoints: [1, 2].map((value) => ({
            startTime: [1, 0],
            endTime: [2, 0],
            attributes: { value },
            value,
          })),
        },
      ],
    },
  ],
} as unknown as ResourceMetrics;

test('an exporter that ends at once delivers what an earlier one left', async () => {
  using folder = temporaryFolder();
  const life = (status: number) => {
    const clock = fakeClock();
    const spool = diskSpool({ directory: folder.path });
    const transport = scriptedTransport({ status });
    return { clock, exporter: otlpMetricExporter({ url, transport, clock, spool }) };
  };
  const first = life(503);
  first.exporter.export(oneCounter, () => undefined);
  await during(first.clock, first.exporter.shutdown());
  expect(first.exporter.ledger().destinations['otlp']).toMatchObject({ spooled: 2 });

  const second = life(200);
  await during(second.clock, second.exporter.shutdown());

  expect(second.exporter.ledger().destinations['otlp']).toMatchObject({
    handed: 0,
    recovered: 2,
    exported: 2,
    spooled: 0,
  });
  expect(ledgerErrors(second.exporter.ledger())).toEqual([]);
});

test('every kind of metric of the SDK arrives through its periodic reader', async () => {
  await using sink = await startOtlpSink();
  const exporter = otlpMetricExporter({ url: sink.metricsUrl });
  const provider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })],
    views: [
      {
        instrumentName: 'exponential',
        aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
      },
    ],
  });
  const meter = provider.getMeter('app', '1.0.0');

  meter.createCounter('calls', { unit: '{call}' }).add(3, { model: 'm' });
  meter.createUpDownCounter('open').add(-2);
  meter.createGauge('temperature').record(0.5);
  meter
    .createHistogram('duration', { unit: 's', advice: { explicitBucketBoundaries: [1, 2] } })
    .record(1.5);
  meter.createHistogram('exponential').record(7);
  meter.createObservableGauge('observed').addCallback((result) => result.observe(1));
  await provider.forceFlush();

  expect(sink.errors).toEqual([]);
  expect(sink.unknownFields).toEqual([]);
  expect(sink.metrics.map(({ name }) => name).toSorted()).toEqual([
    'calls',
    'duration',
    'exponential',
    'observed',
    'open',
    'temperature',
  ]);
  expect(sink.metrics.find(({ name }) => name === 'calls')).toMatchObject({
    unit: '{call}',
    points: [{ value: 3, attributes: { model: 'm' } }],
  });
  await provider.shutdown();
  expect(exporter.ledger()).toMatchObject({
    signal: 'metrics',
    destinations: { otlp: { inFlight: 0 } },
  });
  expect(ledgerErrors(exporter.ledger())).toEqual([]);
});

test('a gauge holds its last value, it does not add', async () => {
  await using sink = await startOtlpSink();
  const exporter = otlpMetricExporter({ url: sink.metricsUrl });
  const provider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })],
  });
  const gauge = provider.getMeter('app').createGauge('open conversations');

  gauge.record(5);
  gauge.record(3);
  await provider.shutdown();

  expect(sink.metrics).toMatchObject([{ type: 'gauge', points: [{ value: 3 }] }]);
});

test('it fits the interface of the SDK', () => {
  const exporter: PushMetricExporter = otlpMetricExporter({ url });

  expect(exporter.selectAggregationTemporality?.(InstrumentType.COUNTER)).toBe(
    AggregationTemporality.CUMULATIVE,
  );
});

test.for([
  ['cumulative', ''],
  ['delta', 'COUNTER OBSERVABLE_COUNTER HISTOGRAM'],
  ['lowmemory', 'COUNTER HISTOGRAM'],
] as const)('with %s, delta is used for: %s', ([temporality, expected]) => {
  const exporter = otlpMetricExporter({ url, temporality });

  const deltas = Object.values(InstrumentType).filter(
    (type) => exporter.selectAggregationTemporality(type) === DELTA,
  );

  expect(deltas.toSorted()).toEqual(expected.split(' ').filter(Boolean).toSorted());
});

test('a receiver that is away holds no reader up, and gets everything later', async () => {
  const clock = fakeClock();
  const transport = scriptedTransport({ status: 503 }, { status: 200 });
  const exporter = otlpMetricExporter({ url, transport, clock, random: () => 1 });
  const done = vi.fn();

  exporter.export(oneCounter, done);
  expect(done).toHaveBeenCalledWith({ code: 0 });
  await clock.advance(0);
  expect(exporter.ledger()).toMatchObject({ handed: 2, destinations: { otlp: { inFlight: 2 } } });
  await clock.advance(1000);
  await exporter.forceFlush();

  expect(exporter.ledger().destinations).toMatchObject({ otlp: { exported: 2 } });
});

test('what cannot be taken or read is reported and counted', async () => {
  const exporter = otlpMetricExporter({
    url,
    transport: scriptedTransport('hang'),
    buffer: { maxItems: 2 },
    clock: fakeClock(),
  });
  const codes: number[] = [];
  const done = ({ code }: { code: number }): number => codes.push(code);
  const hostile = structuredClone(oneCounter);
  Object.defineProperty(hostile, 'resource', {
    get() {
      throw new Error('no');
    },
  });

  exporter.export(oneCounter, done);
  exporter.export(oneCounter, done);
  exporter.export(hostile, done);
  exporter.export({ resource, scopeMetrics: [] }, done);

  expect(codes).toEqual([0, 1, 1, 0]);
  expect(exporter.ledger()).toMatchObject({
    ended: 6,
    destinations: { otlp: { dropped: { buffer_full: 2, encode_failed: 2 }, inFlight: 2 } },
  });
  expect(ledgerErrors(exporter.ledger())).toEqual([]);
});

test('the shutdown ends with its deadline; afterwards nothing is taken', async () => {
  const clock = fakeClock();
  const exporter = otlpMetricExporter({
    url,
    transport: scriptedTransport('hang'),
    clock,
    shutdownTimeoutMillis: 100,
  });
  exporter.export(oneCounter, () => undefined);

  const stopped = exporter.shutdown();
  expect(exporter.shutdown()).toBe(stopped);
  await clock.advance(100);
  await stopped;
  const done = vi.fn();
  exporter.export(oneCounter, done);

  expect(done).toHaveBeenCalledWith({ code: 1, error: expect.any(Error) });
  expect(exporter.ledger()).toMatchObject({
    dropped: { already_shutdown: 2 },
    destinations: { otlp: { dropped: { shutdown_timeout: 2 }, inFlight: 0 } },
  });
});

test('an unknown temporality is refused', () => {
  expect(() => otlpMetricExporter({ url, temporality: 'weekly' as never })).toThrow(
    'temporality is "weekly": use cumulative, delta or lowmemory',
  );
});
