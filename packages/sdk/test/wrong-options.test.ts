// Options that cannot be used, as a JavaScript application or a JSON file may have them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTelemetry, type TelemetryOptions } from '@llm-otel/sdk';
import { optionsFromJson } from '@llm-otel/sdk/configuration';
import { context, diag, metrics, propagation, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const log = vi.fn<(message: string) => void>();
beforeEach(() => {
  log.mockReset();
  diag.setLogger({ error: log, warn: log, info: log, debug: () => undefined, verbose: log });
});
afterEach(() => {
  for (const signal of [trace, context, propagation, metrics, diag]) signal.disable();
});

const environment = { NODE_ENV: 'test', OTEL_METRICS_EXPORTER: 'none' };
const bad = {
  serviceName: 5,
  preset: 'prod',
  content: 'yes',
  exceptions: 'x',
  sampling: 'all',
  spanProcessors: 5,
  clock: 5,
  propagator: 5,
  headers: 5,
  logLevel: 'loud',
  spanLimits: { attributeCountLimit: -1 },
};

test('each is told once, the default holds, and telemetry runs', async () => {
  const telemetry = await startTelemetry({ environment, ...bad } as unknown as TelemetryOptions);
  telemetry.tracer().startSpan('work').end();
  await telemetry.shutdown();

  expect(telemetry).toMatchObject({
    enabled: true,
    preset: 'test',
    content: 'none',
    exceptions: 'span',
  });
  const told = log.mock.calls.map(([message]) => message);
  expect(told).toHaveLength(Object.keys(bad).length);
  for (const option of Object.keys(bad))
    expect(told.filter((message) => message.startsWith(`llm-otel: ${option}`))).toHaveLength(1);
});

test.each(Object.entries(bad))('with strict it is thrown: %s', async (option, value) => {
  await expect(
    startTelemetry({ environment, strict: true, [option]: value }),
  ).rejects.toMatchObject({ code: 'LLM_OTEL_INVALID_OPTION' });
  expect(() => optionsFromJson({ [option]: value })).toThrow(option);
});

test.each([
  [{ enabled: 'no' }, 'enabled is "no": use true or false'],
  [{ endpoint: 5 }, 'endpoint is [redacted]'],
  [{ environment: 5 }, 'environment is [redacted]'],
  [{ configFile: 5 }, 'configFile is 5'],
  [null, 'options is [redacted]'],
])('where a default would send what was not meant, nothing starts: %j', async (wrong, message) => {
  const options = wrong && { environment, ...wrong };
  const telemetry = await startTelemetry(options as unknown as TelemetryOptions);

  expect(telemetry.enabled).toBe(false);
  expect(log.mock.calls).toEqual([[expect.stringContaining(message)]]);
});

test.each([{ version: 2 }, { version: 'x' }])(
  'a redaction policy of another version, %j: telemetry does not start',
  async (redaction) => {
    const options = { environment, redaction } as unknown as TelemetryOptions;

    expect(await startTelemetry(options)).toMatchObject({ enabled: false });
    await expect(startTelemetry({ ...options, strict: true })).rejects.toThrow(
      /^redaction\.version is .*: use 1$/,
    );
  },
);

test('a redaction policy without a version is one of this release, and refused with strict', async () => {
  const options = { environment, redaction: {} } as unknown as TelemetryOptions;

  const telemetry = await startTelemetry(options);
  await telemetry.shutdown();

  expect(telemetry.enabled).toBe(true);
  await expect(startTelemetry({ ...options, strict: true })).rejects.toThrow(
    'redaction.version is undefined: use 1',
  );
});

test('an exporter that is not known is told, and nothing goes to a receiver in its place', async () => {
  const sent = vi.spyOn(globalThis, 'fetch');
  const telemetry = await startTelemetry({
    environment: { OTEL_TRACES_EXPORTER: 'zipkin', OTEL_METRICS_EXPORTER: 'none' },
  });
  telemetry.tracer().startSpan('work').end();
  const report = await telemetry.shutdown();

  expect(log.mock.calls.flat()).toEqual([
    'llm-otel: OTEL_TRACES_EXPORTER is "zipkin": use any of otlp, console, none (ignored)',
  ]);
  expect(telemetry.ledger()).toEqual([]);
  expect(report).toMatchObject({ complete: true, dropped: 0 });
  expect(sent).not.toHaveBeenCalled();
});

test('what is wrong with a file is one line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wrong-file-'));
  const configFile = join(folder, 'otel.yaml');
  writeFileSync(configFile, 'file_format: "1.0"\nlog_levl: info\ndisabld: true\n');
  try {
    await startTelemetry({ environment, configFile });
  } finally {
    rmSync(folder, { recursive: true });
  }

  const [line] = log.mock.calls.flat();
  expect(log).toHaveBeenCalledOnce();
  expect(line).toMatch(/did not start.* otel\.yaml cannot be used: .*log_levl.*; .*disabld/);
  expect(line).not.toContain('\n');
});
