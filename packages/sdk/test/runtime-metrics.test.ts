import { expect, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

test('metrics of the process, its host and its event loop are there where they are asked for', async () => {
  const { telemetry, sink } = await startWithSink({
    environment: { LLM_OTEL_RUNTIME_METRICS: 'true' },
  });
  await telemetry.forceFlush();

  const names = sink.metrics.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['process.memory.usage', 'nodejs.eventloop.time']));
});

test('nobody pays for them otherwise', async () => {
  const { telemetry, sink } = await startWithSink();
  await telemetry.forceFlush();

  const names = sink.metrics.map(({ name }) => name);
  expect(names.filter((name) => /^(process|system|nodejs|v8js)\./.test(name))).toEqual([]);
});
