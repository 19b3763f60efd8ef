import { context, diag, type DiagLogger, metrics, propagation, trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTelemetry } from './start-telemetry.ts';

const logged = vi.fn<(message: string) => void>();

beforeEach(() => {
  const ignore: DiagLogger['debug'] = () => undefined;
  diag.setLogger({ error: logged, warn: logged, info: ignore, debug: ignore, verbose: ignore });
  logged.mockReset();
});
afterEach(() => {
  for (const signal of [trace, context, propagation, metrics, diag]) signal.disable();
  vi.restoreAllMocks();
});

const quiet = { environment: { NODE_ENV: 'test' } };

describe('what keeps telemetry from starting', () => {
  test('is told in one line, and the application runs without telemetry', async () => {
    trace.setGlobalTracerProvider(new TracerProvider());

    const telemetry = await startTelemetry(quiet);

    expect(telemetry.enabled).toBe(false);
    expect(logged).toHaveBeenCalledOnce();
    expect(logged.mock.calls[0]?.[0]).toMatch(
      /^llm-otel: telemetry did not start, the application runs without it: .*a tracer provider is already registered/,
    );
  });

  test('is thrown with strict', async () => {
    trace.setGlobalTracerProvider(new TracerProvider());

    await expect(startTelemetry({ ...quiet, strict: true })).rejects.toMatchObject({
      code: 'LLM_OTEL_ALREADY_REGISTERED',
    });
    expect(logged).not.toHaveBeenCalled();
  });

  test('may be an option, which is named', async () => {
    await expect(startTelemetry({ ...quiet, strict: true, sampling: 2 })).rejects.toThrow(
      'sampling is 2: use a number from 0 to 1, or a policy',
    );
    await expect(startTelemetry({ ...quiet, strict: true, endpoint: 'not a url' })).rejects.toThrow(
      /endpoint is "not a url"/,
    );
    expect((await startTelemetry({ ...quiet, endpoint: 'not a url' })).enabled).toBe(false);
  });
});

test('a variable that cannot be used is told about and the default is used; with strict it is thrown', async () => {
  const environment = { NODE_ENV: 'test', OTEL_EXPORTER_OTLP_PROTOCOL: 'thrift' };

  const telemetry = await startTelemetry({ environment });
  await telemetry.shutdown();

  expect(telemetry.enabled).toBe(true);
  expect(logged.mock.calls[0]?.[0]).toContain(
    'OTEL_EXPORTER_OTLP_PROTOCOL is "thrift": use one of http/protobuf, http/json, grpc',
  );
  await expect(startTelemetry({ environment, strict: true })).rejects.toThrow(
    /OTEL_EXPORTER_OTLP_PROTOCOL/,
  );
});

test('a second start is off, and the first goes on', async () => {
  const first = await startTelemetry(quiet);

  const second = await startTelemetry(quiet);

  expect([first.enabled, second.enabled]).toEqual([true, false]);
  expect(trace.getTracer('test').startSpan('work').isRecording()).toBe(true);
  await first.shutdown();
});

test('after a shutdown it can be started again, and nothing of the first is left', async () => {
  const first = await startTelemetry(quiet);
  await first.shutdown();
  expect(trace.getTracer('between').startSpan('work').isRecording()).toBe(false);

  const second = await startTelemetry(quiet);

  expect(second.enabled).toBe(true);
  await second.shutdown();
});

test('a log level of the option wins over its variable, and the logger of the application comes back', async () => {
  const environment = { ...quiet.environment, OTEL_LOG_LEVEL: 'all' };

  const telemetry = await startTelemetry({ environment, logLevel: 'none' });
  diag.warn('not heard');
  await telemetry.shutdown();
  diag.warn('heard');

  expect(logged.mock.calls).toEqual([['heard']]);
});

test('telemetry that is off can be used like any other', async () => {
  const telemetry = await startTelemetry({ enabled: false });

  await using off = telemetry;
  off.tracer().startSpan('work').end();
  off.meter().createCounter('calls').add(1);
  off.logger().emit({ body: 'hello' });

  expect(off.ledger()).toEqual([]);
  expect(off.redactions()).toEqual({ redacted: {}, failed: 0 });
  await expect(off.ready()).resolves.toBe(true);
  await expect(off.forceFlush()).resolves.toMatchObject({ complete: true, problems: [] });
  await expect(off.shutdown()).resolves.toMatchObject({ complete: true, problems: [] });
});

test('a shutdown happens at the end of an await using block', async () => {
  {
    await using _ = await startTelemetry(quiet);
    expect(trace.getTracer('inside').startSpan('work').isRecording()).toBe(true);
  }

  expect(trace.getTracer('outside').startSpan('work').isRecording()).toBe(false);
});

test('asked again after the shutdown, it tells what came too late', async () => {
  const telemetry = await startTelemetry({ environment: {}, metrics: false, strict: true });
  const span = telemetry.tracer().startSpan('under way');
  const first = await telemetry.shutdown();
  expect(await telemetry.shutdown()).toEqual(first);
  span.end();

  expect(first).toMatchObject({ complete: true, dropped: 0 });
  for (const again of [await telemetry.shutdown(), await telemetry.forceFlush()]) {
    expect(again).toMatchObject({
      complete: false,
      dropped: 1,
      problems: ['after the shutdown 1 spans dropped: already_shutdown'],
    });
  }
});

test.each([NaN, -1, 'soon'])(
  'a time limit that is none is told, and the default holds: %s',
  async (limit) => {
    const telemetry = await startTelemetry({ environment: {}, metrics: false, strict: true });
    const timeoutMillis = limit as number;

    const reports = [
      await telemetry.forceFlush({ timeoutMillis }),
      await telemetry.shutdown({ timeoutMillis }),
    ];

    expect(reports.map(({ problems }) => problems)).toEqual([[], []]);
    expect(logged.mock.calls.flat()).toEqual(
      Array(2).fill(
        `llm-otel: timeoutMillis is ${limit}: use a number of at least 0; the default holds`,
      ),
    );
  },
);

test('no limits at all are none, and one that never ends is as long as a timer can be', async () => {
  const warned: Error[] = [];
  const listener = (warning: Error): void => void warned.push(warning);
  process.on('warning', listener);
  const telemetry = await startTelemetry({ environment: {}, metrics: false, strict: true });
  const none = null as never;

  const reports = [
    await telemetry.forceFlush(none),
    await telemetry.forceFlush({ timeoutMillis: Infinity }),
    await telemetry.forceFlush({ timeoutMillis: 2 ** 31 }),
    await telemetry.shutdown(none),
  ];
  // Warnings are told in a later turn.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listener);

  expect(reports.map(({ problems }) => problems)).toEqual([[], [], [], []]);
  expect(warned).toEqual([]);
});

test('with processEnd the end of the process is listened to until the shutdown', async () => {
  const before = process.listenerCount('SIGTERM');

  const telemetry = await startTelemetry({ ...quiet, processEnd: { signals: ['SIGTERM'] } });
  expect(process.listenerCount('SIGTERM')).toBe(before + 1);
  await telemetry.shutdown();

  expect(process.listenerCount('SIGTERM')).toBe(before);
});
