import { startOtlpSink } from '@llm-otel/testing';
import { startTelemetry, type Telemetry, type TelemetryOptions } from '@llm-otel/sdk';
import { context, diag, metrics, propagation, trace } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { runNode } from './run-node.ts';

afterEach(() => {
  for (const signal of [trace, context, propagation, metrics, diag]) signal.disable();
});

const work = (name: string): void => trace.getTracer('application').startSpan(name).end();

/** Without the variables of the machine that runs the tests. */
const optionsFor = (endpoint: string, more: TelemetryOptions = {}): TelemetryOptions => ({
  environment: {},
  endpoint,
  metrics: false,
  ...more,
});

test('of two starts at once one runs, and the other neither stops it nor stays', async () => {
  await using sink = await startOtlpSink();
  const told = vi.fn<(message: string) => void>();
  const ignore = (): void => undefined;
  diag.setLogger({ error: told, warn: told, info: ignore, debug: ignore, verbose: ignore });
  const before = process.listenerCount('SIGTERM');

  const both: Telemetry[] = await Promise.all(
    [1, 2].map(() => startTelemetry(optionsFor(sink.url, { processEnd: true }))),
  );
  const [running, off] = both.toSorted((a, b) => Number(b.enabled) - Number(a.enabled));
  expect(process.listenerCount('SIGTERM')).toBe(before + 1);
  await off?.shutdown();
  work('recorded');
  const report = await running?.shutdown();

  expect(both.filter(({ enabled }) => enabled)).toHaveLength(1);
  expect(told.mock.calls).toEqual([
    [expect.stringMatching(/^llm-otel: telemetry did not start, /)],
  ]);
  expect(report).toMatchObject({ complete: true, delivered: 1 });
  expect(sink.spans.map(({ name }) => name)).toEqual(['recorded']);
  expect(process.listenerCount('SIGTERM')).toBe(before);
});

test('a start that fails beside one that runs leaves the logger of that one, which goes with it', async () => {
  const loggers = (): unknown =>
    (globalThis as Record<symbol, Record<string, unknown>>)[Symbol.for('opentelemetry.js.api.1')]?.[
      'diag'
    ];
  const quiet = { environment: { NODE_ENV: 'test' }, metrics: false } as const;

  const running = await startTelemetry(quiet);
  const ofRunning = loggers();
  const off = await startTelemetry({ ...quiet, logLevel: 'none' });
  expect(off.enabled).toBe(false);
  expect(loggers()).toBe(ofRunning);
  await running.shutdown();

  expect(ofRunning).toBeDefined();
  expect(loggers()).toBeUndefined();
});

test('telemetry that was off, and telemetry that was shut down, can be switched on again, each time whole', async () => {
  await using sink = await startOtlpSink();

  const off = await startTelemetry({ enabled: false });
  work('while it is off');
  for (const name of ['first', 'second']) {
    await using telemetry = await startTelemetry(optionsFor(sink.url, { strict: true }));
    expect(telemetry.enabled).toBe(true);
    // The handle of before ends nothing.
    await off.shutdown();
    context.with(context.active(), () => work(name));
  }
  work('after it');

  expect(sink.spans.map(({ name }) => name)).toEqual(['first', 'second']);
});

test('a failed start leaves nothing that keeps the next one from starting', async () => {
  await using sink = await startOtlpSink();

  await expect(
    startTelemetry(optionsFor('no address', { strict: true, processEnd: true })),
  ).rejects.toThrow('no address');
  await using telemetry = await startTelemetry(optionsFor(sink.url, { strict: true }));
  work('recorded');
  const report = await telemetry.forceFlush();

  expect(report).toMatchObject({ complete: true, delivered: 1 });
});

test('beside a second copy of the package the first one sends what both record, and ends as it would alone', async () => {
  await using sink = await startOtlpSink();
  const { child, started, ended } = runNode(['two-copies.mjs'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_BSP_SCHEDULE_DELAY: '60000',
  });

  await started;
  child.kill('SIGTERM');
  const { signal, stdout, stderr } = await ended;

  expect([signal, stdout]).toEqual(['SIGTERM', 'true true false\n']);
  expect(stderr).toMatch(/^llm-otel: telemetry did not start, .*already registered.*\n$/);
  expect(sink.spans.map(({ name }) => name)).toEqual(['of the library', 'of the application']);
});

test('an application whose last line waits for room in the queue waits, and ends well', async () => {
  await using sink = await startOtlpSink();

  const { code, stdout, stderr } = await runNode(['waits-for-room.mjs'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_BSP_MAX_QUEUE_SIZE: '4',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '4',
  }).ended;

  expect([code, stdout, stderr]).toEqual([0, 'true\n', '']);
});
