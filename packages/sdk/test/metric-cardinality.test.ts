// Attributes with too many values must cost neither memory nor a bill.
import { expect, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

test('a metric has a thousand combinations of attributes at most, and nothing that is counted beyond is lost', async () => {
  const { telemetry, sink } = await startWithSink();
  const requests = telemetry.meter('app').createCounter('desk.requests');
  for (let user = 0; user < 5000; user++) requests.add(1, { 'user.id': `user-${user}` });
  await telemetry.shutdown();

  const metric = sink.metrics.find(({ name }) => name === 'desk.requests');
  const points = metric?.type === 'sum' ? metric.points : [];
  expect(points).toHaveLength(1000);
  const sum = points.reduce((total, { value }) => total + Number(value), 0);
  expect(sum).toBe(5000);
  expect(points.find(({ attributes }) => attributes['otel.metric.overflow'] === true)?.value).toBe(
    4001,
  );
});
