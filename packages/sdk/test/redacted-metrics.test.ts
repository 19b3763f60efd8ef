// Metrics leave the process as redacted as spans do.
import { inspect } from 'node:util';
import type { Telemetry } from '@llm-otel/sdk';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import { expect, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

// Put together at run time, so that no scanner takes this file for a leak.
const secret = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');
const HIDDEN = '[REDACTED:github_token]';

function measure(telemetry: Telemetry): void {
  const meter = telemetry.meter('app');
  meter.createCounter('desk.tickets').add(2, { note: secret, priority: 'high' });
  meter.createHistogram('desk.answer.duration').record(0.5, { note: `from ${secret}` });
}

test('a secret in a resource, a counter or a histogram does not arrive, and is counted once', async () => {
  const { telemetry, sink } = await startWithSink({ resourceAttributes: { 'ci.note': secret } });

  measure(telemetry);
  await telemetry.forceFlush();
  await telemetry.shutdown();

  expect(inspect(sink.metrics, { depth: Infinity })).not.toContain(secret);
  const tickets = sink.metrics.filter(({ name }) => name === 'desk.tickets');
  expect(tickets.length).toBeGreaterThan(1);
  expect(tickets[0]).toMatchObject({
    resource: { attributes: { 'ci.note': HIDDEN } },
    points: [{ attributes: { note: HIDDEN, priority: 'high' }, value: 2 }],
  });
  expect(sink.metrics.find(({ name }) => name === 'desk.answer.duration')).toMatchObject({
    points: [{ attributes: { note: `from ${HIDDEN}` }, count: 1 }],
  });
  expect(telemetry.redactions()).toEqual({ redacted: { github_token: 3 }, failed: 0 });
});

test('nor does it reach an exporter of the application, which keeps its own temporality', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.DELTA);
  const fits: PushMetricExporter = exporter;
  const { telemetry } = await startWithSink({
    resourceAttributes: { 'ci.note': secret },
    metrics: { exporter: fits },
  });

  measure(telemetry);
  await telemetry.forceFlush();

  const exported = exporter.getMetrics();
  const own = exported.flatMap(({ scopeMetrics }) =>
    scopeMetrics.filter(({ scope }) => scope.name === 'app').flatMap(({ metrics }) => metrics),
  );
  expect(own).toMatchObject([
    { aggregationTemporality: 0, dataPoints: [{ attributes: { note: HIDDEN } }] },
    { aggregationTemporality: 0, dataPoints: [{ attributes: { note: `from ${HIDDEN}` } }] },
  ]);
  expect(exported[0]?.resource.attributes['ci.note']).toBe(HIDDEN);
  expect(JSON.stringify(own)).not.toContain(secret);
  expect(telemetry.redactions().redacted).toEqual({ github_token: 3 });
});
