import { decodeOtlpRequest } from '@llm-otel/testing';
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import type { ResourceMetrics as SdkResourceMetrics } from '@opentelemetry/sdk-metrics';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { attributesArbitrary, resource, timeArbitrary } from '../../test/fixtures/spans.ts';
import { countDataPoints, type Metric, type ResourceMetrics } from '../metrics/metric-types.ts';
import { MetricsEncoder } from './metrics-encoder.ts';

const stock = (metrics: ResourceMetrics): Buffer =>
  Buffer.from(
    ProtobufMetricsSerializer.serializeRequest(metrics as unknown as SdkResourceMetrics) ?? [],
  );

const count = fc.nat({ max: 2 ** 31 });
const optionalDouble = fc.option(fc.double(), { nil: undefined });
const counts = fc.array(count, { maxLength: 20 });
const buckets = fc.record({ offset: fc.integer({ min: -1000, max: 1000 }), bucketCounts: counts });

const histogram = fc.record({
  buckets: fc.record({ boundaries: fc.array(fc.double(), { maxLength: 20 }), counts }),
  sum: optionalDouble,
  count,
  min: optionalDouble,
  max: optionalDouble,
});
const exponentialHistogram = fc.record({
  count,
  sum: optionalDouble,
  scale: fc.integer({ min: -10, max: 20 }),
  zeroCount: count,
  positive: buckets,
  negative: buckets,
  min: optionalDouble,
  max: optionalDouble,
});

const metricOf = (
  type: number,
  valueType: number,
  value: fc.Arbitrary<unknown>,
): fc.Arbitrary<Metric> =>
  fc.record({
    descriptor: fc.record({
      name: fc.string({ minLength: 1 }),
      description: fc.string(),
      unit: fc.constantFrom('', 's', '{token}'),
      valueType: fc.constant(valueType),
    }),
    aggregationTemporality: fc.constantFrom(0, 1),
    dataPointType: fc.constant(type),
    isMonotonic: fc.boolean(),
    dataPoints: fc.array(
      fc.record({
        startTime: timeArbitrary,
        endTime: timeArbitrary,
        attributes: attributesArbitrary,
        value,
      }),
      { maxLength: 3 },
    ),
  }) as fc.Arbitrary<Metric>;

const metric = fc.oneof(
  metricOf(0, 1, histogram),
  metricOf(1, 1, exponentialHistogram),
  metricOf(2, 1, fc.double()),
  metricOf(2, 0, fc.integer()),
  metricOf(3, 1, fc.double()),
  metricOf(3, 0, fc.maxSafeInteger()),
);

const resourceMetrics: fc.Arbitrary<ResourceMetrics> = fc.record({
  resource: fc.record({
    attributes: attributesArbitrary,
    schemaUrl: fc.constantFrom(undefined, 'https://example.com/schema'),
  }),
  scopeMetrics: fc.array(
    fc.record({
      scope: fc.record({
        name: fc.string(),
        version: fc.option(fc.string(), { nil: undefined }),
        schemaUrl: fc.constantFrom(undefined, 'https://example.com/schema'),
      }),
      metrics: fc.array(metric, { maxLength: 4 }),
    }),
    { maxLength: 3 },
  ),
});

test('any metrics are written byte for byte as by the serializer of OpenTelemetry', () => {
  const encoder = new MetricsEncoder();
  fc.assert(
    fc.property(resourceMetrics, (metrics) => {
      expect(Buffer.from(encoder.encodeCopy(metrics)).equals(stock(metrics))).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('another decoder reads back what was written', () => {
  const point = { startTime: [1, 0], endTime: [2, 5], attributes: { model: 'm' } } as const;
  const metrics: ResourceMetrics = {
    resource,
    scopeMetrics: [
      {
        scope: { name: 'test' },
        metrics: [
          {
            descriptor: {
              name: 'tokens',
              description: 'Tokens used',
              unit: '{token}',
              valueType: 0,
            },
            aggregationTemporality: 1,
            dataPointType: 3,
            isMonotonic: true,
            dataPoints: [{ ...point, startTime: [1, 0], endTime: [2, 5], value: 2 ** 40 }],
          },
        ],
      },
    ],
  };

  const decoded = decodeOtlpRequest(
    'metrics',
    'protobuf',
    new MetricsEncoder().encodeCopy(metrics),
  );

  expect(decoded.unknownFields).toEqual([]);
  expect(decoded.metrics).toMatchObject([
    { name: 'tokens', unit: '{token}', points: [{ value: 2 ** 40, attributes: { model: 'm' } }] },
  ]);
  expect(countDataPoints(metrics)).toBe(1);
});
