import { ProtobufMetricsSerializer, JsonMetricsSerializer } from '@opentelemetry/otlp-transformer';
import {
  AggregationTemporality,
  AggregationType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type ResourceMetrics,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import { ValueType, type Meter } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { decodeOtlpRequest, type DecodedMetric } from '../src/index.ts';

/** What the stock SDK collects from `record`, through its serializers and our decoder. */
async function collect(
  record: (meter: Meter) => void,
  {
    temporality = AggregationTemporality.CUMULATIVE,
    views = [],
  }: { temporality?: AggregationTemporality; views?: ViewOptions[] } = {},
): Promise<{ source: ResourceMetrics; protobuf: DecodedMetric[]; json: DecodedMetric[] }> {
  const exporter = new InMemoryMetricExporter(temporality);
  // Never by itself in the life of a test: only forceFlush collects.
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader], views });
  record(provider.getMeter('test', '1.0.0', { schemaUrl: 'https://example.com/schema' }));
  await provider.forceFlush();
  const source = exporter.getMetrics()[0] as ResourceMetrics;
  const decoded = (encoding: 'protobuf' | 'json', body: Uint8Array): DecodedMetric[] => [
    ...decodeOtlpRequest('metrics', encoding, body).metrics,
  ];
  const result = {
    source,
    protobuf: decoded('protobuf', ProtobufMetricsSerializer.serializeRequest(source) as Uint8Array),
    json: decoded('json', JsonMetricsSerializer.serializeRequest(source) as Uint8Array),
  };
  await provider.shutdown();
  return result;
}

describe('metrics of the stock SDK are read back as they were', () => {
  test('sums, of integers and doubles, up and down', async () => {
    const { protobuf, json } = await collect((meter) => {
      const options = { description: 'calls', unit: '{call}', valueType: ValueType.INT };
      const calls = meter.createCounter('calls', options);
      calls.add(3, { model: 'a' });
      calls.add(2 ** 52, { model: 'b' });
      meter.createUpDownCounter('queue', { valueType: ValueType.DOUBLE }).add(-1.5);
    });

    expect(protobuf).toMatchObject([
      {
        name: 'calls',
        description: 'calls',
        unit: '{call}',
        type: 'sum',
        temporality: 'cumulative',
        isMonotonic: true,
        points: [
          { attributes: { model: 'a' }, value: 3, valueType: 'int', exemplars: [] },
          { attributes: { model: 'b' }, value: 2 ** 52, valueType: 'int' },
        ],
        scope: { name: 'test', version: '1.0.0', schemaUrl: 'https://example.com/schema' },
      },
      {
        name: 'queue',
        type: 'sum',
        isMonotonic: false,
        points: [{ attributes: {}, value: -1.5, valueType: 'double' }],
      },
    ]);
    expect(protobuf[0]?.points[0]?.timeUnixNano).toBeGreaterThan(10n ** 18n);
    expect(json).toEqual(protobuf);
  });

  test('gauges', async () => {
    const { protobuf, json } = await collect((meter) => {
      meter.createGauge('temperature').record(0.7, { model: 'a' });
    });

    expect(protobuf).toMatchObject([
      { name: 'temperature', type: 'gauge', points: [{ value: 0.7, valueType: 'double' }] },
    ]);
    expect(json).toEqual(protobuf);
  });

  test('histograms, as a difference', async () => {
    const { protobuf, json } = await collect(
      (meter) => {
        const histogram = meter.createHistogram('duration', {
          unit: 's',
          advice: { explicitBucketBoundaries: [0.5, 1] },
        });
        for (const seconds of [0.1, 0.7, 0.8, 5]) histogram.record(seconds);
      },
      { temporality: AggregationTemporality.DELTA },
    );

    expect(protobuf).toMatchObject([
      {
        type: 'histogram',
        temporality: 'delta',
        points: [
          {
            count: 4,
            sum: 6.6,
            min: 0.1,
            max: 5,
            explicitBounds: [0.5, 1],
            bucketCounts: [1, 2, 1],
          },
        ],
      },
    ]);
    expect(json).toEqual(protobuf);
  });

  test('exponential histograms, with a scale and an offset below zero', async () => {
    const view: ViewOptions = {
      instrumentName: '*',
      aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM, options: { maxSize: 20 } },
    };
    const { source, protobuf, json } = await collect(
      (meter) => {
        const histogram = meter.createHistogram('delta');
        for (const value of [0, 0.001, 2, 1_000_000]) histogram.record(value);
      },
      { views: [view] },
    );
    const value = source.scopeMetrics[0]?.metrics[0]?.dataPoints[0]?.value as {
      scale: number;
      positive: { offset: number; bucketCounts: number[] };
    };

    expect([value.scale, value.positive.offset]).toEqual([-1, -5]);
    expect(protobuf).toMatchObject([
      {
        type: 'exponentialHistogram',
        points: [
          {
            count: 4,
            sum: 1_000_002.001,
            zeroCount: 1,
            scale: value.scale,
            positive: { offset: value.positive.offset, bucketCounts: value.positive.bucketCounts },
            negative: { offset: 0 },
          },
        ],
      },
    ]);
    expect(json).toEqual(protobuf);
  });
});

test('what the stock SDK never sends is read too: exemplars, summaries, metadata, empty metrics', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const exemplar = {
    traceId,
    spanId: 'b7ad6b7169203331',
    timeUnixNano: '7',
    filteredAttributes: [{ key: 'user', value: { stringValue: 'u' } }],
  };
  const metrics = [
    {
      name: 'calls',
      metadata: [{ key: 'source', value: { stringValue: 'test' } }],
      gauge: {
        dataPoints: [{ asInt: '1', exemplars: [{ ...exemplar, asDouble: 1.5 }, { asInt: '2' }] }],
      },
    },
    {
      name: 'latency',
      summary: {
        dataPoints: [{ count: '2', sum: 3, quantileValues: [{ quantile: 0.5, value: 1 }] }],
      },
    },
    { name: 'nothing' },
    { name: 'odd', sum: { aggregationTemporality: 9 } },
    { name: 'bare', exponentialHistogram: { dataPoints: [{}] } },
  ];
  const body = Buffer.from(JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }));

  expect(decodeOtlpRequest('metrics', 'json', body).metrics).toMatchObject([
    {
      metadata: { source: 'test' },
      points: [
        {
          exemplars: [
            { traceId, timeUnixNano: 7n, value: 1.5, filteredAttributes: { user: 'u' } },
            { traceId: undefined, spanId: undefined, value: 2 },
          ],
        },
      ],
    },
    { type: 'summary', points: [{ count: 2, sum: 3, quantiles: [{ quantile: 0.5, value: 1 }] }] },
    { type: 'empty', points: [] },
    { type: 'sum', temporality: 'unspecified' },
    { points: [{ sum: undefined, positive: { offset: 0, bucketCounts: [] } }] },
  ]);
});
