import { startOtlpSink } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { runNode } from './run-node.ts';

const register = ['--import', '@llm-otel/sdk/register', 'application.ts'];

test('an application that knows nothing of us is traced from its first line, and flushed at its end', async () => {
  await using sink = await startOtlpSink();

  const { code, stderr } = await runNode(register, {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_SERVICE_NAME: 'from-environment',
  }).ended;

  expect([code, stderr]).toEqual([0, '']);
  expect(sink.spans.map(({ name }) => name)).toEqual(['work']);
  expect(sink.spans[0]?.resource.attributes['service.name']).toBe('from-environment');
});

test('sigterm_handling: what waits is sent, and the process ends by the signal as it would without us', async () => {
  await using sink = await startOtlpSink();
  const { child, started, ended } = runNode([...register, 'wait'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_BSP_SCHEDULE_DELAY: '60000',
  });

  await started;
  child.kill('SIGTERM');

  await expect(ended).resolves.toMatchObject({ code: null, signal: 'SIGTERM', stderr: '' });
  expect(sink.spans.map(({ name }) => name)).toEqual(['work']);
});

test('sigterm_handling: an application that handles the signal ends when and how it wants', async () => {
  await using sink = await startOtlpSink();
  const { child, started, ended } = runNode([...register, 'handle'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_BSP_SCHEDULE_DELAY: '60000',
  });

  await started;
  child.kill('SIGTERM');

  await expect(ended).resolves.toMatchObject({ code: 7, signal: null, stderr: '' });
  expect(sink.spans.map(({ name }) => name)).toEqual(['work']);
});

test('sigterm_handling: what an application finishes after the signal is recorded and sent', async () => {
  await using sink = await startOtlpSink();
  const { child, started, ended } = runNode([...register, 'drain'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_BSP_SCHEDULE_DELAY: '60000',
  });

  await started;
  child.kill('SIGTERM');

  await expect(ended).resolves.toMatchObject({ code: 7, signal: null, stderr: '' });
  expect(sink.spans.map(({ name }) => name)).toEqual(['work', 'under way']);
});

test('a receiver that is not there keeps no process from ending, and is told about once', async () => {
  const { code, stderr } = await runNode(register, {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
  }).ended;

  expect(code).toBe(0);
  expect(stderr).toContain('llm-otel');
});

test('disabled, the application runs without a word', async () => {
  const { code, stderr } = await runNode(register, { OTEL_SDK_DISABLED: 'true' }).ended;

  expect([code, stderr]).toEqual([0, '']);
});

test('what keeps telemetry from starting is told on the console, on one line', async () => {
  const { code, stdout, stderr } = await runNode(['two-starts.ts'], { NODE_ENV: 'test' }).ended;

  expect([code, stdout]).toEqual([0, 'false']);
  expect(stderr).toMatch(/^llm-otel: telemetry did not start, .*\n$/);
});

test('OTEL_LOG_LEVEL says how much telemetry tells about itself', async () => {
  const environment = { NODE_ENV: 'test', OTEL_BSP_MAX_QUEUE_SIZE: 'many' };

  const [quiet, loud] = await Promise.all([
    runNode(register, { ...environment, OTEL_LOG_LEVEL: 'error' }).ended,
    runNode(register, environment).ended,
  ]);

  expect(quiet.stderr).toBe('');
  expect(loud.stderr).toBe(
    'llm-otel: OTEL_BSP_MAX_QUEUE_SIZE is "many": use a whole number of at least 1 (ignored)\n',
  );
});
