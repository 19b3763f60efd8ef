import { expect, test } from 'vitest';
import { makeLogRecords } from '../../test/fixtures/log-records.ts';
import { makeSpans } from '../../test/fixtures/spans.ts';
import type { TelemetryBatch } from '../batch/telemetry-batch.ts';
import type { ResourceMetrics } from '../metrics/metric-types.ts';
import { RequestPayload } from '../otlp/request-payload.ts';
import { ExporterPayload } from './exporter-payload.ts';

const metrics: ResourceMetrics = {
  resource: { attributes: { 'service.name': 'support-desk' } },
  scopeMetrics: [
    {
      scope: { name: 'test' },
      metrics: [
        {
          descriptor: { name: 'calls', description: '', unit: '{call}', valueType: 0 },
          aggregationTemporality: 1,
          dataPointType: 3,
          isMonotonic: true,
          dataPoints: [
            { startTime: [1, 0], endTime: [2, 0], attributes: { model: 'gpt-5-mini' }, value: 7 },
          ],
        },
      ],
    },
  ],
};
const batchOf = (batch: Pick<TelemetryBatch, 'signal' | 'items'>): TelemetryBatch =>
  ({ ...batch, byteEstimate: 1000 }) as TelemetryBatch;

test.for([
  ['traces', makeSpans(2), 2],
  ['logs', makeLogRecords(2), 2],
  ['metrics', [metrics], 1],
] as const)('%s go to an exporter, by way of a request too', ([signal, objects, items]) => {
  const payload = ExporterPayload.ofObjects(batchOf({ signal, items }), objects);
  const expected = signal === 'metrics' ? [metrics] : [objects];
  expect(payload.calls()).toEqual(expected);

  const { request, unreadable } = payload.asRequest();
  const again = ExporterPayload.ofRequest(request!);

  expect(unreadable).toBe(0);
  expect(again).toMatchObject({ signal, items });
  expect(again.calls()).toHaveLength(1);
  expect(again.asRequest().request).toBe(request);
  const twice = ExporterPayload.ofObjects(
    batchOf({ signal, items }),
    signal === 'metrics' ? (again.calls() ?? []) : (again.calls()?.[0] as unknown[]),
  );
  expect(Buffer.from(twice.asRequest().request!.body).equals(request!.body)).toBe(true);
});

test('what has to wait is kept in one form only', () => {
  const spans = makeSpans(2);
  const { request } = ExporterPayload.ofObjects(
    batchOf({ signal: 'traces', items: 2 }),
    spans,
  ).asRequest();
  const payload = ExporterPayload.ofRequest(request!, spans);
  expect(payload.calls()).toEqual([spans]);

  payload.keep();

  expect(payload.calls()?.[0]).not.toBe(spans);
});

test('a request that cannot be read has no calls', () => {
  const request = RequestPayload.owned('traces', { items: 1, body: Uint8Array.of(0xff) });
  expect(ExporterPayload.ofRequest(request).calls()).toBeUndefined();
});
