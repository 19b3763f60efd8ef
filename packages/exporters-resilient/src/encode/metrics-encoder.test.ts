import { decodeOtlpRequest } from '@llm-otel/testing';
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import type { ResourceMetrics as SdkResourceMetrics } from '@opentelemetry/sdk-metrics';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { metricsArbitrary } from '../../test/fixtures/metrics.ts';
import { resource } from '../../test/fixtures/spans.ts';
import { countDataPoints, type ResourceMetrics } from '../metrics/metric-types.ts';
import { MetricsEncoder } from './metrics-encoder.ts';

const stock = (metrics: ResourceMetrics): Buffer =>
  Buffer.from(
    ProtobufMetricsSerializer.serializeRequest(metrics as unknown as SdkResourceMetrics) ?? [],
  );

test('any metrics are written byte for byte as by the serializer of OpenTelemetry', () => {
  const encoder = new MetricsEncoder();
  fc.assert(
    fc.property(metricsArbitrary, (metrics) => {
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
