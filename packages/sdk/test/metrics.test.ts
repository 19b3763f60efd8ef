// What an application measures, as it arrives.
import { createGenAi } from '@llm-otel/sdk/agents';
import { metrics } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

test('counter_creation: a counter arrives with name, unit, description and one sum for each set of attributes', async () => {
  const { telemetry, sink } = await startWithSink();
  const meter = telemetry.meter('app', '1.2.3');

  const tickets = meter.createCounter('desk.tickets', {
    unit: '{ticket}',
    description: 'Tickets that were answered.',
  });
  tickets.add(2, { priority: 'high' });
  tickets.add(3, { priority: 'high' });
  tickets.add(1, { priority: 'low' });
  await telemetry.shutdown();

  expect(sink.metrics.filter(({ name }) => name === 'desk.tickets')).toMatchObject([
    {
      type: 'sum',
      isMonotonic: true,
      temporality: 'cumulative',
      unit: '{ticket}',
      description: 'Tickets that were answered.',
      scope: { name: 'app', version: '1.2.3' },
      points: [
        { attributes: { priority: 'high' }, value: 5 },
        { attributes: { priority: 'low' }, value: 1 },
      ],
    },
  ]);
  expect([...sink.errors, ...sink.unknownFields]).toEqual([]);
});

test('histogram_creation: a histogram arrives with its own boundaries, counts, sum, lowest and highest value', async () => {
  const { telemetry, sink } = await startWithSink();

  const duration = telemetry.meter('app').createHistogram('desk.answer.duration', {
    unit: 's',
    advice: { explicitBucketBoundaries: [0.5, 1, 5] },
  });
  for (const seconds of [0.25, 0.5, 0.75, 8]) duration.record(seconds);
  await telemetry.shutdown();

  expect(sink.metrics.find(({ name }) => name === 'desk.answer.duration')).toMatchObject({
    type: 'histogram',
    temporality: 'cumulative',
    unit: 's',
    points: [
      // A boundary belongs to the bucket below it.
      {
        explicitBounds: [0.5, 1, 5],
        bucketCounts: [2, 1, 0, 1],
        count: 4,
        sum: 9.5,
        min: 0.25,
        max: 8,
      },
    ],
  });
});

test('metric_recording: each kind of instrument keeps its own kind of value', async () => {
  const { telemetry, sink } = await startWithSink();
  const meter = telemetry.meter('app');

  const open = meter.createUpDownCounter('desk.conversations.open');
  open.add(5);
  open.add(-2);
  const waiting = meter.createGauge('desk.queue.length');
  waiting.record(5);
  waiting.record(3);
  meter.createObservableGauge('desk.memory').addCallback((memory) => memory.observe(0.5));
  await telemetry.shutdown();

  const found = new Map(sink.metrics.map((metric) => [metric.name, metric]));
  expect(found.get('desk.conversations.open')).toMatchObject({
    type: 'sum',
    isMonotonic: false,
    points: [{ value: 3 }],
  });
  // The last value, not the sum.
  expect(found.get('desk.queue.length')).toMatchObject({ type: 'gauge', points: [{ value: 3 }] });
  expect(found.get('desk.memory')).toMatchObject({ type: 'gauge', points: [{ value: 0.5 }] });
});

test.each([
  ['delta', [3, 4]],
  ['lowmemory', [3, 4]],
  ['cumulative', [3, 7]],
])(
  'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=%s: a counter that gets 3 and then 4 arrives as %j',
  async (preference, expected) => {
    const environment = { OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: preference };
    const { telemetry, sink } = await startWithSink({ environment });
    const calls = telemetry.meter('app').createCounter('calls');
    const open = telemetry.meter('app').createUpDownCounter('open');

    for (const count of [3, 4]) {
      calls.add(count);
      open.add(count);
      await telemetry.forceFlush();
    }

    const arrived = (wanted: string): unknown[] =>
      sink.metrics
        .filter(({ name }) => name === wanted)
        .map(({ points }) => points.map((point) => 'value' in point && point.value));
    expect(arrived('calls')).toEqual(expected.map((value) => [value]));
    // What goes up and down is always told in full.
    expect(arrived('open')).toEqual([[3], [7]]);
    const temporalities = sink.metrics
      .filter(({ name }) => name === 'calls')
      .map((metric) => 'temporality' in metric && metric.temporality);
    const temporality = preference === 'cumulative' ? 'cumulative' : 'delta';
    expect(temporalities).toEqual([temporality, temporality]);
  },
);

test('histograms are exponential where the environment asks for it, and other metrics stay', async () => {
  const { telemetry, sink } = await startWithSink({
    environment: {
      OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION:
        'base2_exponential_bucket_histogram',
    },
  });
  createGenAi().startInference({ provider: 'openai', model: 'gpt-5' }).end();
  telemetry.meter('app').createCounter('desk.tickets').add(3);
  await telemetry.shutdown();

  const named = (name: string) => sink.metrics.find((metric) => metric.name === name);
  expect(named('gen_ai.client.inference.duration')).toMatchObject({
    type: 'exponentialHistogram',
    points: [{ count: 1 }],
  });
  expect(named('desk.tickets')).toMatchObject({ type: 'sum', points: [{ value: 3 }] });
  expect([...sink.errors, ...sink.unknownFields]).toEqual([]);
});

test('histograms of other libraries have the buckets of the conventions, unless they have their own', async () => {
  const { telemetry, sink } = await startWithSink();
  const meter = metrics.getMeter('another-library');

  meter.createHistogram('gen_ai.client.operation.duration', { unit: 's' }).record(0.3);
  meter.createHistogram('gen_ai.client.token.usage', { unit: 'token' }).record(300);
  meter
    .createHistogram('gen_ai.server.request.duration', {
      unit: 's',
      advice: { explicitBucketBoundaries: [1, 2] },
    })
    .record(0.3);
  meter.createHistogram('gen_ai.server.time_to_first_token', { unit: 'ms' }).record(0.3);
  await telemetry.shutdown();

  const boundsOf = (name: string): unknown =>
    sink.metrics.find((metric) => metric.name === name)?.points[0];
  expect(boundsOf('gen_ai.client.operation.duration')).toMatchObject({
    explicitBounds: [
      0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
    ],
  });
  expect(boundsOf('gen_ai.client.token.usage')).toMatchObject({
    explicitBounds: [
      1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216,
      67_108_864,
    ],
  });
  expect(boundsOf('gen_ai.server.request.duration')).toMatchObject({ explicitBounds: [1, 2] });
  expect(boundsOf('gen_ai.server.time_to_first_token')).toMatchObject({
    explicitBounds: [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000],
  });
});

test('exponential histograms that are asked for are what they get all the same', async () => {
  const { telemetry, sink } = await startWithSink({
    environment: {
      OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION:
        'base2_exponential_bucket_histogram',
    },
  });
  telemetry.meter('app').createHistogram('gen_ai.client.operation.duration').record(0.3);
  await telemetry.shutdown();

  expect(sink.metrics.find(({ name }) => name === 'gen_ai.client.operation.duration')?.type).toBe(
    'exponentialHistogram',
  );
});
