// Three promises that the stock batch processor and its provider do not keep.
import { exporterDestination } from '@llm-otel/exporters-resilient';
import type { SpanProcessor } from '@llm-otel/core';
import { expect, test, vi } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

const never = (): Promise<void> => new Promise(() => undefined);

test('a flush waits for what is in flight', async () => {
  const { telemetry, sink } = await startWithSink({ batch: { maxItems: 10 }, metrics: false });
  sink.slow(200);
  for (let at = 0; at < 10; at++) telemetry.tracer().startSpan(`work ${at}`).end();
  // The full batch leaves at once: nothing is left in the queue.
  await vi.waitFor(() => expect(telemetry.ledger()[0]?.destinations['otlp']?.inFlight).toBe(10));

  const report = await telemetry.forceFlush();

  expect(sink.spans).toHaveLength(10);
  expect(telemetry.ledger()[0]?.destinations['otlp']).toMatchObject({ exported: 10, inFlight: 0 });
  expect(report.complete).toBe(true);
});

test('a flush that fails still shuts the exporter down', async () => {
  const shutdown = vi.fn(() => Promise.resolve());
  const exporter = {
    export: (_: unknown, done: (result: { code: 1; error: Error }) => void) =>
      done({ code: 1, error: new Error('no') }),
    forceFlush: () => Promise.reject(new Error('flush failed')),
    shutdown,
  };
  const { telemetry } = await startWithSink({
    destinations: [exporterDestination('mine', exporter)],
    retry: { maxElapsedMillis: 0 },
    metrics: false,
  });
  telemetry.tracer().startSpan('work').end();

  const report = await telemetry.shutdown({ timeoutMillis: 2000 });

  expect(shutdown).toHaveBeenCalledOnce();
  expect(report.complete).toBe(false);
});

test('a processor that hangs, or throws, cannot stop another', async () => {
  const hanging: SpanProcessor = {
    onStart: () => undefined,
    onEnd() {
      throw new Error('broken');
    },
    forceFlush: never,
    shutdown: never,
  };
  const ended: string[] = [];
  const shutdown = vi.fn(() => Promise.resolve());
  const other: SpanProcessor = {
    onStart: () => undefined,
    onEnd: (span) => void ended.push(span.name),
    forceFlush: () => Promise.resolve(),
    shutdown,
  };
  const { telemetry, sink } = await startWithSink({
    spanProcessors: [hanging, other],
    metrics: false,
  });
  telemetry.tracer().startSpan('work').end();

  const report = await telemetry.shutdown({ timeoutMillis: 500 });

  expect(sink.spans.map(({ name }) => name)).toEqual(['work']);
  expect(ended).toEqual(['work']);
  expect(shutdown).toHaveBeenCalledOnce();
  expect(report.complete).toBe(false);
});

test('what a shutdown could not deliver is told as dropped, metrics as well, for nothing waits any more', async () => {
  const { telemetry, sink } = await startWithSink();
  sink.slow(30_000);
  telemetry.tracer().startSpan('work').end();
  telemetry.meter().createCounter('desk.requests').add(1);

  const report = await telemetry.shutdown({ timeoutMillis: 500 });

  expect(report.problems.filter((problem) => problem.includes('still waiting'))).toEqual([]);
  expect(report.problems).toEqual(
    expect.arrayContaining([
      '1 spans dropped for otlp: shutdown_timeout',
      expect.stringMatching(/^\d+ data points dropped for otlp: shutdown_timeout$/),
    ]),
  );
  const dropped = telemetry
    .ledger()
    .map(({ destinations }) => destinations['otlp']?.dropped['shutdown_timeout'] ?? 0);
  expect(report.dropped).toBe(dropped.reduce((sum, count) => sum + count, 0));
});
