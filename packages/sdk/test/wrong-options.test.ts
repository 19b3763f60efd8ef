// Options that cannot be used, as a JavaScript application or a JSON file may have them.
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
