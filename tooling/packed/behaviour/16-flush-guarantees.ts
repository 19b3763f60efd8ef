// Three promises that the stock batch processor and its provider do not keep, on either OpenTelemetry line.
import assert from 'node:assert/strict';
import type { SpanProcessor } from '@llm-otel/core';
import { exporterDestination } from '@llm-otel/exporters-resilient';
import { observed, test } from './support.ts';

const never = (): Promise<void> => new Promise(() => undefined);

test('a flush waits for what is in flight', async () => {
  await observed({ batch: { maxItems: 10 }, metrics: false }, async (telemetry, sink) => {
    sink.slow(200);
    for (let at = 0; at < 10; at++) telemetry.tracer().startSpan(`work ${at}`).end();
    const report = await telemetry.forceFlush();

    assert.equal(report.complete, true);
    assert.equal(sink.spans.length, 10);
  });
});

test('a flush that fails still shuts the exporter down', async () => {
  let ended = 0;
  const exporter = {
    export: (_: unknown, done: (result: { code: 1; error: Error }) => void): void =>
      done({ code: 1, error: new Error('no') }),
    forceFlush: () => Promise.reject(new Error('flush failed')),
    shutdown: async (): Promise<void> => void ended++,
  };
  const destinations = [exporterDestination('mine', exporter)];
  const retry = { maxElapsedMillis: 0 };
  await observed({ destinations, retry, metrics: false }, (telemetry) =>
    telemetry.tracer().startSpan('work').end(),
  );

  assert.equal(ended, 1);
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
  const names: string[] = [];
  let ended = 0;
  const other: SpanProcessor = {
    onStart: () => undefined,
    onEnd: (span) => void names.push(span.name),
    forceFlush: async () => undefined,
    shutdown: async () => void ended++,
  };
  const spanProcessors = [hanging, other];
  const { spans } = await observed({ spanProcessors, metrics: false }, async (telemetry) => {
    telemetry.tracer().startSpan('work').end();
    const report = await telemetry.shutdown({ timeoutMillis: 500 });
    assert.equal(report.complete, false);
  });

  assert.deepEqual([names, spans.map(({ name }) => name), ended], [['work'], ['work'], 1]);
});
